/**
 * The pipeline on this machine: a broker in this process, each service in a process of its own, and
 * the folder where all of them keep their things.
 */
package dev.edit.cli.machine;
