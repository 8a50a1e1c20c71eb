/** What the generator counts; it knows Micrometer and nothing of the domain. */
package dev.edit.generator.metrics;
