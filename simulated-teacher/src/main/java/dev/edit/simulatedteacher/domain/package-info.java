/** What the simulated teacher says: prompts read, solutions and mistakes drawn, faults planned. */
package dev.edit.simulatedteacher.domain;
