/**
 * Key reasoning steps by minimum edit distance: which tokens of a right and a wrong response decide
 * the conclusion.
 */
package dev.edit.alignment;
