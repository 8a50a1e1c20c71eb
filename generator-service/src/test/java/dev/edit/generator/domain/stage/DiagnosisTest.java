package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.MistakePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Step 2 forgets the turn, and 3 + 4 is not 8.\nCategory: calculation+logical",
        "Rationale: Step 2 forgets the turn, and 3 + 4 is not 8.\n\nCategory: logical+calculation\n",
        " Step 2 forgets the turn, and 3 + 4 is not 8.\r\nCategory:  Logical + Calculation "
      })
  void shouldReadRationaleAndCategoryWhenBothAreThere(String reply) {
    assertThat(Diagnosis.read(reply))
        .isEqualTo(
            new Reading.Found<>(
                new Diagnosis(
                    "Step 2 forgets the turn, and 3 + 4 is not 8.",
                    MistakePattern.parse("logical+calculation"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "It is a logical mistake.",
        "Category: logical",
        "Rationale:\nCategory: logical",
        "Why.\nCategory: logical\nI hope this helps.",
        "Why.\nCategory: logical\nCategory: knowledge",
        "Why.\nCategory:",
        "Why.\nCategory: (a)",
        "Why.\nCategory: logical, knowledge",
        "Why.\nCategory: logical+logical",
        "Why. Category: logical"
      })
  void shouldSayNotClassifiedWhenAReplyIsNotOfTheForm(String reply) {
    assertThat(Diagnosis.read(reply))
        .isInstanceOfSatisfying(
            Reading.Missing.class,
            missing -> assertThat(missing.reason()).isEqualTo(Reason.NOT_CLASSIFIED));
  }

  @Test
  void shouldNameTheCategoriesWhenOneIsUnknown() {
    assertThat(Diagnosis.read("Why.\nCategory: arithmetic"))
        .isInstanceOfSatisfying(
            Reading.Missing.class,
            missing ->
                assertThat(missing.message())
                    .contains("arithmetic", "logical, knowledge, calculation and other"));
  }
}
