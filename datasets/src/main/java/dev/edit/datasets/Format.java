package dev.edit.datasets;

import dev.edit.contracts.Problem.Domain;
import dev.edit.datasets.reader.AgiEvalReader;
import dev.edit.datasets.reader.ArcReader;
import dev.edit.datasets.reader.BbhReader;
import dev.edit.datasets.reader.BigBenchReader;
import dev.edit.datasets.reader.Gsm8kReader;
import dev.edit.datasets.reader.ProblemReader;
import dev.edit.datasets.reader.QuestionReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The formats in which problems come. */
public enum Format {
  BBH(".*\\.json", Domain.IN),
  BIGBENCH(".*\\.json", Domain.OUT),
  AGIEVAL(".*\\.jsonl", Domain.OUT),
  ARC(".*\\.jsonl?", Domain.OUT),
  GSM8K(".*\\.jsonl", Domain.OUT),
  JSONL(".*\\.jsonl", Domain.IN);

  private final Pattern files;
  private final Domain domain;

  Format(String files, Domain domain) {
    this.files = Pattern.compile(files);
    this.domain = domain;
  }

  /** The format of a name such as {@code bbh}. */
  public static Format of(String name) {
    for (Format format : values()) {
      if (format.label().equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "format: expected one of %s, but was '%s'"
            .formatted(Arrays.stream(values()).map(Format::label).toList(), name));
  }

  /** The name that users write, which is the source of its problems too. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which files of a folder are read. */
  Pattern files() {
    return files;
  }

  /** The domain of its problems where nobody says otherwise: students are trained on BBH. */
  Domain domain() {
    return domain;
  }

  QuestionReader reader(ImportSettings settings) {
    String source = settings.source() == null ? label() : settings.source();
    return switch (this) {
      case BBH -> new BbhReader(source);
      case BIGBENCH -> new BigBenchReader(source, settings.seed());
      case AGIEVAL -> new AgiEvalReader(source);
      case ARC -> new ArcReader(settings.source());
      case GSM8K -> new Gsm8kReader(source);
      case JSONL -> new ProblemReader(source);
    };
  }
}
