package dev.edit.cli;

import dev.edit.cli.pipeline.TopicExport;
import dev.edit.datasets.export.ExportFormat;
import dev.edit.datasets.export.RecordExport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit export}. */
@Command(
    name = "export",
    description = {
      "Writes a topic's records as a data set: of each key the newest, each row with its provenance.",
      "Formats for training never hold problems of a test split."
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--topic",
      paramLabel = "T",
      required = true,
      description =
          "edit.dual-cots or edit.key-steps; with format jsonl also edit.problems and"
              + " edit.evaluations.")
  private String topic;

  @Option(
      names = "--format",
      paramLabel = "F",
      required = true,
      description = "jsonl, trl-preference, trl-prompt-completion, sharegpt or alpaca.")
  private String format;

  @Mixin private KafkaOption kafka;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The file to write; it appears when it is complete.")
  private Path output;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    RecordExport export = RecordExport.of(topic, ExportFormat.of(format));
    TopicExport written = TopicExport.run(kafka.bootstrapServers(), topic, export, output);
    json.print(
        written,
        out ->
            out.printf("%d records, %d rows in %s%n", written.records(), written.rows(), output));
    return 0;
  }
}
