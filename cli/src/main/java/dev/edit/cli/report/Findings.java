package dev.edit.cli.report;

import dev.edit.cli.pipeline.Accounting;
import dev.edit.cli.pipeline.DataCounts;
import dev.edit.cli.pipeline.TeacherBill;
import dev.edit.contracts.KeySteps;
import java.util.List;
import java.util.Map;

/**
 * All that was found of some runs and of the data they were trained on.
 *
 * @param title what was run, for people
 * @param teacher which teacher, in words that say whether it is simulated
 * @param accounting where the published problems ended
 * @param counts what the data stages made of them
 * @param datasetSha256 digest of the key-step records in the order of their ids
 * @param keyTokenShare key tokens among the response tokens of all dual chains of thought, both
 *     sides, in [0, 1]
 * @param bill what the teacher cost
 * @param runs the runs: recipe by recipe, seed by seed
 * @param comparison the table
 * @param seconds wall time by stage
 * @param examples dual chains of thought to show
 * @param deadLetters how many dead letters there are of each reason
 * @param settings names and values of everything that was chosen
 */
public record Findings(
    String title,
    String teacher,
    Accounting accounting,
    DataCounts counts,
    String datasetSha256,
    double keyTokenShare,
    TeacherBill bill,
    List<RunResult> runs,
    Comparison comparison,
    Map<String, Double> seconds,
    List<KeySteps> examples,
    Map<String, Integer> deadLetters,
    Map<String, String> settings) {}
