/** Records of the pipeline in the shapes that other trainers read. */
package dev.edit.datasets.export;
