package dev.edit.evaluator.domain.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DeadLetter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterBookTest {
  private final DeadLetterBook book = new DeadLetterBook(3);

  @Test
  void shouldCountAllAndListTheNewestWhenThereAreMoreThanItKeeps() {
    for (int i = 0; i < 5; i++) {
      book.put(new LogPlace(0, i), letter("p" + i, "align", i % 2 == 0 ? "not-dual" : "identical"));
    }

    assertThat(book.total()).isEqualTo(5);
    assertThat(book.counts()).isEqualTo(Map.of("align", Map.of("not-dual", 3L, "identical", 2L)));
    assertThat(book.entries(null, null, 0, 10))
        .extracting(DeadLetterBook.Entry::id)
        .containsExactly("p4", "p3", "p2");
    assertThat(book.entries("align", "not-dual", 1, 10))
        .extracting(DeadLetterBook.Entry::id)
        .containsExactly("p2");
  }

  private static DeadLetter letter(String id, String stage, String reason) {
    return new DeadLetter(
        id, stage, reason, "why", 1, "{}", new DeadLetter.Pointer("edit.dual-cots", 0, 1, "s"));
  }
}
