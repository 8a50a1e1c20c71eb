/** Services as child processes: started, waited for, watched, and stopped with their parent. */
package dev.edit.cli.process;
