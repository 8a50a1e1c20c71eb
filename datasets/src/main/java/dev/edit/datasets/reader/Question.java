package dev.edit.datasets.reader;

import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.json.Place;

/**
 * An entry of a data set before it is known what it is used for.
 *
 * @param place where it stands
 * @param id its id
 * @param task its task
 * @param text the question, with its choices
 * @param answer the gold answer as grading compares it
 * @param canary the data set's canary line; null where it has none
 * @param published the split that the data set's publisher put it in; null where there is none
 * @param domain the domain that the entry itself names; null where it names none
 * @param source the data set it belongs to
 */
public record Question(
    Place place,
    String id,
    String task,
    String text,
    String answer,
    String canary,
    Split published,
    Domain domain,
    String source) {}
