/** The OpenAI chat completions API of the simulated teacher. */
package dev.edit.simulatedteacher.web;
