package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.pipeline.TopicExport;
import dev.edit.cli.terminal.Screen;
import dev.edit.datasets.export.ExportFormat;
import dev.edit.datasets.export.RecordExport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
  private static final ObjectMapper JSON = new ObjectMapper();

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

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The Kafka to read.")
  private String bootstrapServers;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The file to write; it appears when it is complete.")
  private Path output;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    RecordExport export = RecordExport.of(topic, ExportFormat.of(format));
    TopicExport written = TopicExport.run(bootstrapServers, topic, export, output);
    PrintStream out = Screen.standard().out();
    if (json) {
      out.println(JSON.writeValueAsString(written));
    } else {
      out.printf("%d records, %d rows in %s%n", written.records(), written.rows(), output);
    }
    return 0;
  }
}
