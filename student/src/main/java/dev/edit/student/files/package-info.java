/**
 * Tensors in Java arrays or mapped files, the safetensors format with its shards, and files that
 * appear whole or not at all.
 */
package dev.edit.student.files;
