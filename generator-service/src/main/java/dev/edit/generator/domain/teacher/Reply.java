package dev.edit.generator.domain.teacher;

import dev.edit.contracts.TeacherUsage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What came of asking a teacher once. */
public sealed interface Reply {

  /** The outcome's name in metrics. */
  String outcome();

  /** A complete text. */
  record Answered(String text, TeacherUsage usage) implements Reply {
    public Answered {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(usage, "usage");
    }

    @Override
    public String outcome() {
      return "answered";
    }
  }

  /** The endpoint replied, but with nothing that may be trained on. */
  record Unusable(Flaw flaw, String message, TeacherUsage usage) implements Reply {
    public Unusable {
      Objects.requireNonNull(flaw, "flaw");
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(usage, "usage");
    }

    @Override
    public String outcome() {
      return flaw.code();
    }
  }

  /** The endpoint refuses this request and would refuse it again (400, 401, 403, 404, 422). */
  record Refused(int status, String message) implements Reply {
    public Refused {
      Objects.requireNonNull(message, "message");
    }

    @Override
    public String outcome() {
      return "refused";
    }
  }

  /** The endpoint could not answer now; asking again may help. */
  record Unavailable(String message, Optional<Duration> retryAfter) implements Reply {
    public Unavailable {
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }

    @Override
    public String outcome() {
      return "unavailable";
    }
  }

  /** Why a reply is unusable. */
  enum Flaw {
    /** The completion met the token limit. */
    TRUNCATED("truncated"),
    /** A content filter cut in. */
    FILTERED("filtered"),
    /** No text. */
    EMPTY("empty"),
    /** Not a chat completion: HTML, broken JSON, no choices. */
    MALFORMED("malformed"),
    /** Longer than any chain of thought may be. */
    OVERSIZE("oversize");

    private final String code;

    Flaw(String code) {
      this.code = code;
    }

    /** The code in metrics, and behind {@code teacher-} in dead letters. */
    public String code() {
      return code;
    }
  }
}
