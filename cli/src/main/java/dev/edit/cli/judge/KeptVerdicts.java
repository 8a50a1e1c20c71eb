package dev.edit.cli.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.cli.judge.Judge.Judged;
import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.cli.judge.Verdict.Scored;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Verdicts on disk as they come, in a file beside the output, so that none is paid for twice: where
 * judging ends early, the next one finds them. The output itself appears when it is complete; then
 * the file is gone. Thread-safe.
 */
public final class KeptVerdicts implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASKED = "asked";
  private static final String SCORED = "scored";

  private final Path output;
  private final Path file;
  private final Map<String, Judged> kept = new HashMap<>();
  private OutputStream out;

  private KeptVerdicts(Path output, Path file) {
    this.output = output;
    this.file = file;
  }

  /**
   * Reads what an earlier judging for the same output left. A line that is not whole, such as the
   * last one of a process that was killed, is passed over: its problem is asked again.
   */
  public static KeptVerdicts beside(Path output) throws IOException {
    Path absolute = output.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    KeptVerdicts verdicts =
        new KeptVerdicts(output, absolute.resolveSibling(absolute.getFileName() + ".kept"));
    verdicts.read();
    return verdicts;
  }

  private void read() throws IOException {
    String text = Files.exists(file) ? Files.readString(file) : "";
    for (String line : text.split("\n")) {
      whole(line).ifPresent(tree -> kept.put(tree.get(ASKED).textValue(), judged(tree)));
    }
    out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      out.write('\n');
    }
  }

  private static Optional<ObjectNode> whole(String line) {
    try {
      return JSON.readTree(line) instanceof ObjectNode tree && tree.hasNonNull(ASKED)
          ? Optional.of(tree)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The verdict of an earlier judging.
   *
   * @param asked names the problem, the words, the judge and its settings
   */
  synchronized Optional<Judged> find(String asked) {
    return Optional.ofNullable(kept.get(asked));
  }

  /** Keeps a verdict; it is on disk when this returns. One that comes after the end is not kept. */
  synchronized void keep(String asked, Judged judged) {
    if (out == null) {
      return;
    }
    kept.put(asked, judged);
    try {
      out.write((line(judged).put(ASKED, asked) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** How many there are. */
  public synchronized int count() {
    return kept.size();
  }

  /** Where they are. */
  public Path file() {
    return file;
  }

  /** Writes the output and removes the file beside it. */
  public void complete(List<Judged> judged) throws IOException {
    try (JsonLinesFile lines = JsonLinesFile.create(output)) {
      for (Judged one : judged) {
        lines.write(JSON.writeValueAsBytes(line(one)));
      }
      lines.commit();
    }
    close();
    Files.deleteIfExists(file);
  }

  /** Leaves the file for the next judging; an empty one is removed. */
  @Override
  public synchronized void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
      if (kept.isEmpty()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static ObjectNode line(Judged judged) {
    ObjectNode line = JSON.createObjectNode().put("id", judged.problem());
    judged.order().forEach(line.putArray("order")::add);
    if (judged.verdict() instanceof Scored scored) {
      line.put("outcome", SCORED);
      ObjectNode scores = line.putObject("scores");
      scored.scores().forEach(scores::put);
    } else if (judged.verdict() instanceof None none) {
      line.put("outcome", none.reason().inFiles());
      line.put("message", none.message());
    }
    return line.put("reply", judged.reply());
  }

  private static Judged judged(ObjectNode line) {
    List<String> order = new ArrayList<>();
    line.path("order").forEach(student -> order.add(student.textValue()));
    return new Judged(
        line.path("id").textValue(), order, line.path("reply").textValue(), verdict(line));
  }

  private static Verdict verdict(ObjectNode line) {
    String outcome = line.path("outcome").asText();
    if (!outcome.equals(SCORED)) {
      return new None(Reason.named(outcome), line.path("message").textValue());
    }
    Map<String, Integer> scores = new TreeMap<>();
    for (Map.Entry<String, JsonNode> score : line.path("scores").properties()) {
      scores.put(score.getKey(), score.getValue().intValue());
    }
    return new Scored(scores);
  }
}
