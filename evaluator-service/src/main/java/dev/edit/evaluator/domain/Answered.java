package dev.edit.evaluator.domain;

import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.Grade;

/**
 * A problem and what a student made of it.
 *
 * @param problem the problem
 * @param prompt what the student read
 * @param response what it wrote, without special tokens
 * @param grade by exact match of the final answer
 */
public record Answered(Problem problem, String prompt, String response, Grade grade) {}
