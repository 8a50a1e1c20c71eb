/** How a problem becomes what a student reads: template files, one a benchmark. */
package dev.edit.evaluator.domain.prompt;
