package dev.edit.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
  @Test
  void shouldGroupTestProblemsBySourceInTheOrderOfIds() {
    Problem train =
        new Problem("t", "sums", "q", "3", Problem.Split.TRAIN, Problem.Domain.IN, "in", null);

    List<Benchmark> benchmarks =
        Benchmark.of(
            List.of(
                Samples.problem("b", "in"),
                train,
                Samples.problem("c", "sums", "harder", Problem.Domain.OUT),
                Samples.problem("a", "in")));

    assertThat(benchmarks).extracting(Benchmark::name).containsExactly("harder", "in");
    assertThat(benchmarks.get(0).domain()).isEqualTo(Problem.Domain.OUT);
    assertThat(benchmarks.get(1).problems()).extracting(Problem::id).containsExactly("a", "b");
  }

  @Test
  void shouldGiveTheSameDigestWhenTheLogIsInAnotherOrder() {
    Problem a = Samples.problem("a", "in");
    Problem b = Samples.problem("b", "in");

    assertThat(Benchmark.of(List.of(a, b)).get(0).sha256())
        .isEqualTo(Benchmark.of(List.of(b, a)).get(0).sha256())
        .isNotEqualTo(Benchmark.of(List.of(a)).get(0).sha256());
  }

  @Test
  void shouldNameTheProblemWhenASourceHasBothDomains() {
    assertThatThrownBy(
            () ->
                Benchmark.of(
                    List.of(
                        Samples.problem("a", "in"),
                        Samples.problem("b", "sums", "in", Problem.Domain.OUT))))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("domain of b");
  }
}
