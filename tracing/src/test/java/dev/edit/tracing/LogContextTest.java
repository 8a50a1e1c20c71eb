package dev.edit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogContextTest {

  @Test
  void shouldSayTheProblemOrTheRunWhileItIsOpen() {
    try (LogContext problem = LogContext.of("edit.cots.wrong", "navigate/train/7")) {
      assertThat(MDC.get("problem")).isEqualTo("navigate/train/7");
      try (LogContext run = LogContext.of("edit.checkpoints", "run-1/sft")) {
        assertThat(MDC.get("run")).isEqualTo("run-1");
      }
      assertThat(MDC.get("run")).isNull();
      assertThat(MDC.get("problem")).isEqualTo("navigate/train/7");
    }
    assertThat(MDC.get("problem")).isNull();
  }

  @Test
  void shouldSayWhatItSaidBeforeWhenAnInnerOneEnds() {
    try (LogContext outer = LogContext.of("edit.problems", "a")) {
      try (LogContext inner = LogContext.of("edit.problems", "b")) {
        assertThat(MDC.get("problem")).isEqualTo("b");
      }
      assertThat(MDC.get("problem")).isEqualTo("a");
    }
  }

  @Test
  void shouldSayNothingWhenARecordHasNoKey() {
    try (LogContext none = LogContext.of("edit.runs", null)) {
      assertThat(MDC.get("run")).isNull();
    }
  }
}
