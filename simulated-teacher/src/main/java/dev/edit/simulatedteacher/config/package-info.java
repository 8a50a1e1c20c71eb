/** The keys {@code edit.simulated-teacher.*} and what is built from them. */
package dev.edit.simulatedteacher.config;
