/** The generator service: problems to chains of thought to dual chains of thought. */
package dev.edit.generator;
