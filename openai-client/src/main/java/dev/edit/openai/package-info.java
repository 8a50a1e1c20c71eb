/** What asking an OpenAI-compatible API takes, and a small client that does it; plain Java. */
package dev.edit.openai;
