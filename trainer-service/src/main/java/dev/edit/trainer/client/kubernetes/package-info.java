/** Workers as Kubernetes Jobs: one a run's attempt, watched, and explained to people. */
package dev.edit.trainer.client.kubernetes;
