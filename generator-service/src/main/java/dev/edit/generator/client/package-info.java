/**
 * The teacher's client: the OpenAI chat API over HTTP, and retry, limit, cache and metrics around
 * it.
 */
package dev.edit.generator.client;
