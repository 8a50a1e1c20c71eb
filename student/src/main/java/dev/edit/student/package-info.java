/**
 * The student: a LLaMA-architecture decoder that is trained, scored and decoded on CPU, and kept as
 * a Hugging Face model folder. It knows nothing of Kafka, of tasks or of tokenizers: text ends
 * where token ids begin.
 */
package dev.edit.student;
