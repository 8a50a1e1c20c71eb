package dev.edit.evaluator.domain.console;

/**
 * A record of edit.key-steps as the index has it; the texts stay in the log.
 *
 * @param place where the record lies
 * @param task the problem's task
 * @param origin which side the teacher wrote first
 * @param mistake the mistake pattern's canonical text; empty where none was mined
 * @param similarity of the two sides, in [0, 1]
 * @param keyFraction share of key tokens, in [0, 1]
 */
public record PairEntry(
    LogPlace place,
    String task,
    PairOrigin origin,
    String mistake,
    double similarity,
    double keyFraction) {}
