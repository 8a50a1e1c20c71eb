package dev.edit.cli.bench.pipeline;

/**
 * What a stage did with a batch of problems.
 *
 * @param stage its name
 * @param records it made of the batch
 * @param seconds from the batch's first problem to the stage's last record; stages overlap
 * @param waits from the record that the stage read to the one that it made
 */
public record StageFigures(String stage, int records, double seconds, Waits waits) {}
