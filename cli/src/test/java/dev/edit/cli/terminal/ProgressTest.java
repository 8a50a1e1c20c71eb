package dev.edit.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldGiveRateAndEtaWhenTheCountMoves() {
    Meter meter = new Meter();
    meter.read(0, START);
    meter.read(100, START.plusSeconds(5));
    Instant now = START.plusSeconds(10);
    meter.read(200, now);

    assertThat(meter.perSecond(now)).isCloseTo(20, within(1e-9));
    assertThat(meter.eta(1_000, now)).contains(Duration.ofSeconds(40));
  }

  @Test
  void shouldHaveNoEtaWhenNothingHasMoved() {
    Meter meter = new Meter();
    meter.read(0, START);
    meter.read(0, START.plusSeconds(5));

    assertThat(meter.perSecond(START.plusSeconds(5))).isZero();
    assertThat(meter.eta(10, START.plusSeconds(5))).isEmpty();
  }

  @Test
  void shouldForgetTheStartWhenThePaceChanges() {
    Meter meter = new Meter();
    for (int second = 0; second <= 100; second++) {
      meter.read(second < 50 ? 0 : (second - 50) * 10L, START.plusSeconds(second));
    }

    assertThat(meter.perSecond(START.plusSeconds(100))).isCloseTo(10, within(1e-9));
  }

  @Test
  void shouldShowBarRateAndEtaWhenAStageIsUnderWay() {
    StageProgress stage = new StageProgress("annotate", 1_500, 3_000, "problems", "right 73 %");

    assertThat(ProgressLine.of(stage, 125.4, Optional.of(Duration.ofSeconds(72)), 200))
        .isEqualTo(
            "annotate               [============>           ] 1500/3000 problems  125/s  ETA 1:12"
                + "  right 73 %");
  }

  @Test
  void shouldFillTheBarWhenAStageIsComplete() {
    StageProgress stage = new StageProgress("annotate", 31, 30, "problems", "");

    assertThat(ProgressLine.of(stage, 5, Optional.of(Duration.ZERO), 200))
        .isEqualTo("annotate               [" + "=".repeat(24) + "] 30/30 problems");
    assertThat(new StageProgress("x", 0, 0, "", "").share()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StageProgress("annotate", -1, 5, "", ""))
        .withMessageContaining("-1 of 5");
  }

  @Test
  void shouldWriteHoursWhenItTakesLong() {
    assertThat(ProgressLine.clock(Duration.ofSeconds(59))).isEqualTo("0:59");
    assertThat(ProgressLine.clock(Duration.ofSeconds(3_725))).isEqualTo("1:02:05");
  }

  @Test
  void shouldPrintPlainLinesSparinglyWhenThereIsNoTerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressBoard board = board(bytes, false);
    for (int done = 0; done <= 100; done++) {
      board.show(List.of(new StageProgress("align", done, 100, "records", "")));
    }

    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text.lines()).hasSize(1);
    assertThat(text).contains("100/100").doesNotContain("\u001b");
  }

  @Test
  void shouldRedrawInPlaceWhenThereIsATerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressBoard board = board(bytes, true);
    List<StageProgress> stages =
        List.of(new StageProgress("a", 1, 2, "", ""), new StageProgress("b", 1, 2, "", ""));
    board.show(stages);
    board.show(stages);

    assertThat(bytes.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\u001b[2A");
  }

  private static ProgressBoard board(ByteArrayOutputStream bytes, boolean interactive) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressBoard(out, interactive, 80, Clock.fixed(START, ZoneOffset.UTC));
  }
}
