/** The process that trains one run and ends; it knows the student, the dispatcher does not. */
package dev.edit.trainer.worker;
