/**
 * Low-rank adapters (LoRA) in plain Java: what is adapted, its settings and its tensors. The
 * arithmetic is in {@code decoder.py}, peft's file format in {@link dev.edit.student.files}.
 */
package dev.edit.student.lora;
