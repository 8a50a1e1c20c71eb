/** Benchmarks, and how a student fares on them; plain Java. */
package dev.edit.evaluator.domain;
