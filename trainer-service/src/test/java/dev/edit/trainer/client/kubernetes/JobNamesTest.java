package dev.edit.trainer.client.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobNamesTest {
  @Test
  void shouldKeepAPlainIdAndNameTheEpoch() {
    assertThat(JobNames.job(Fixtures.run("edit-7"))).isEqualTo("edit-edit-7-e1");
    assertThat(JobNames.job(Fixtures.run("edit-7", 3))).isEqualTo("edit-edit-7-e3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a_b", "run.1", "x-", "9", "Z..z", "a--b"})
  void shouldBeANameThatKubernetesTakesWhateverTheIdIs(String id) {
    assertThat(JobNames.label(id)).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  }

  @Test
  void shouldLeaveRoomForThePodsSuffixWhenTheIdIsLong() {
    String name = JobNames.job(Fixtures.run("x".repeat(100), 12_345));

    assertThat(name).hasSizeLessThanOrEqualTo(63 - "-abcde".length());
  }

  @Test
  void shouldKeepDifferentIdsApart() {
    List<String> ids =
        List.of("a.b", "a-b", "A-b", "a_b", "x".repeat(60) + "1", "x".repeat(60) + "2");

    Set<String> labels = ids.stream().map(JobNames::label).collect(Collectors.toSet());

    assertThat(labels).hasSameSizeAs(ids);
  }
}
