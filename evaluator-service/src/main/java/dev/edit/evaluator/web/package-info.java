/**
 * The console's HTTP side: what its pages ask for, as JSON. Texts of questions and chains of
 * thought are data here and are never put into markup.
 */
package dev.edit.evaluator.web;
