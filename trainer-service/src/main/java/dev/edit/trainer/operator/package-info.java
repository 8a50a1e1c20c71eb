/** Runs as Kubernetes resources: DistillationRun and what keeps it in step with edit.runs. */
package dev.edit.trainer.operator;
