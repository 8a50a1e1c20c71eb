package dev.edit.cli.judge;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a judge made of a problem. */
public sealed interface Verdict {

  /** Scores from 1 to 10, by the student's name. */
  record Scored(Map<String, Integer> scores) implements Verdict {
    public Scored {
      scores = new TreeMap<>(scores);
    }
  }

  /** The judge said nothing that can be counted. */
  record None(Reason reason, String message) implements Verdict {}

  /** Why there are no scores. */
  enum Reason {
    /** The judge would not judge, or a content filter would not let it. */
    REFUSED,
    /** The reply was cut at its longest length. */
    TRUNCATED,
    /** The reply is not the lines that were asked for. */
    UNPARSABLE;

    /** Its name in files. */
    String inFiles() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The reason with that name in files. */
    static Reason named(String inFiles) {
      return valueOf(inFiles.toUpperCase(Locale.ROOT));
    }
  }
}
