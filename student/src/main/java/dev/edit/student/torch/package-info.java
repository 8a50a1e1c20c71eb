/**
 * The only door to libtorch: its start-up settings, and the decoder's TorchScript with the calls
 * into it.
 */
package dev.edit.student.torch;
