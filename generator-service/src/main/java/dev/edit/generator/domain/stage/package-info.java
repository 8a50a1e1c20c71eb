/** The three stages: annotate, rectify, corrupt; each turns one record into exactly one outcome. */
package dev.edit.generator.domain.stage;
