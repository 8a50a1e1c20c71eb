/**
 * A SIMULATED teacher behind the OpenAI chat completions API: no language model is in it, only the
 * problem families' own solvers and seeded mistakes.
 */
package dev.edit.simulatedteacher;
