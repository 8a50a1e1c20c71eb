package dev.edit.cli.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file of KeySteps records, as the trainer reads them.
 *
 * @param file one record a line
 * @param records how many
 */
public record TrainingData(Path file, long records) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RecordCodec<KeySteps> CODEC = RecordCodec.of(KeySteps.class);

  /**
   * Writes the records of a file of KeySteps or of {@code {prompt, right, wrong?}} lines, which may
   * be mixed.
   *
   * @param student whose tokens pairs are put on
   * @throws IllegalArgumentException naming the line that is neither
   */
  public static TrainingData of(Path input, Path student, Path output) throws IOException {
    long[] lines = new long[1];
    try (PairAligner aligner = new PairAligner(student);
        JsonLinesFile file = JsonLinesFile.create(output)) {
      JsonLines.read(
          input,
          entry -> {
            lines[0]++;
            write(file, entry.has("prompt") ? aligner.record(entry, lines[0]) : keySteps(entry));
          });
      file.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new TrainingData(output, lines[0]);
  }

  private static KeySteps keySteps(Entry entry) {
    try {
      return CODEC.decode(JSON.writeValueAsString(entry.fields()).getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableRecordException | IOException e) {
      throw new IllegalArgumentException(
          "%s: expected a KeySteps record or {prompt, right, wrong}: %s"
              .formatted(entry.place(), e.getMessage()),
          e);
    }
  }

  private static void write(JsonLinesFile file, KeySteps record) {
    try {
      file.write(CODEC.encode(record));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
