/**
 * Tensors in plain Java arrays, the safetensors format, and files that appear whole or not at all.
 */
package dev.edit.student.files;
