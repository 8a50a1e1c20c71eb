/** Measurements that users can repeat. */
package dev.edit.cli.bench;
