package dev.edit.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TeacherBillTest {
  @Test
  void shouldSumOverOutcomesWhenMetricsAreRead() {
    String metrics =
        """
        # TYPE edit_generator_teacher_calls_seconds summary
        edit_generator_teacher_calls_seconds_count{outcome="completed"} 40.0
        edit_generator_teacher_calls_seconds_count{outcome="unavailable"} 2.0
        edit_generator_teacher_calls_seconds_sum{outcome="completed"} 1.5
        edit_generator_teacher_tokens_total{kind="prompt"} 1.2E4
        edit_generator_teacher_tokens_total{kind="completion"} 900.0
        """;

    assertThat(TeacherBill.fromMetrics(new MetricsText(metrics)))
        .isEqualTo(new TeacherBill(42, 12_000, 900, TeacherBill.FROM_METRICS));
  }
}
