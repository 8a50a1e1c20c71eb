package dev.edit.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountingTest {
  @Test
  void shouldBeCompleteWhenEveryProblemEndsOnce() {
    Accounting accounting = Accounting.of(List.of("a", "b", "c"), List.of("a", "b"), List.of("c"));

    assertThat(accounting).isEqualTo(new Accounting(3, 2, 1, 0, 0));
    assertThat(accounting.isComplete()).isTrue();
  }

  @Test
  void shouldCountLostWhenAProblemIsNowhere() {
    assertThat(Accounting.of(List.of("a", "b", "c"), List.of("a"), List.of("c")))
        .isEqualTo(new Accounting(3, 1, 1, 1, 0));
  }

  @Test
  void shouldCountDuplicatedWhenAProblemEndsTwice() {
    assertThat(Accounting.of(List.of("a", "b"), List.of("a", "a", "a", "b"), List.of("b")))
        .isEqualTo(new Accounting(2, 2, 1, 0, 2));
  }

  @Test
  void shouldIgnoreIdsWhenTheyWereNeverPublished() {
    assertThat(Accounting.of(List.of("a"), List.of("a", "x"), List.of("topic/0/17", "topic/0/17")))
        .isEqualTo(new Accounting(1, 1, 0, 0, 0));
  }
}
