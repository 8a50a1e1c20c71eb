package dev.edit.simulatedteacher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.simulatedteacher.domain.FaultRates.Lasting;
import dev.edit.simulatedteacher.domain.FaultRates.Passing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedCompletionsTest {
  private static final String QUESTION = "Q: What is 3 + 4 - 2?";

  @Test
  void shouldEndBeforeAStop() {
    Completion completion = only(with(FaultRates.NONE), request(1000, List.of("\nThen", "\nNext")));
    assertThat(completion.text()).isEqualTo("First 3 + 4 = 7.");
    assertThat(completion.truncated()).isFalse();
    assertThat(completion.pieces()).isEqualTo(7);
  }

  @Test
  void shouldCutOffAtTheBoundOnPieces() {
    Completion completion = only(with(FaultRates.NONE), request(3, List.of()));
    assertThat(completion).isEqualTo(new Completion("First 3 +", 3, true, "truncated"));
  }

  @Test
  void shouldGiveAsManyChoicesAsAskedFor() {
    ChatRequest request = new ChatRequest(QUESTION, 1, 1, "", 4, 1000, List.of());
    assertThat(with(FaultRates.NONE).complete(request, Optional.empty())).hasSize(4);
  }

  @Test
  void shouldHaveNoAnswerWhenTruncatedOrGarbageOnRequest() {
    for (Fault fault : List.of(new Fault.Truncated(), new Fault.Garbage())) {
      Completion completion =
          with(FaultRates.NONE).complete(request(1000, List.of()), Optional.of(fault)).get(0);
      assertThat(AnswerExtraction.extract(completion.text())).as(fault.toString()).isEmpty();
      assertThat(completion.truncated()).isEqualTo(fault instanceof Fault.Truncated);
    }
  }

  @Test
  void shouldMeetFaultsAtTheirRates() {
    FaultRates rates =
        new FaultRates(
            new Passing(0.1, 0.05, 0.04, 0.03, 0.2, Duration.ofSeconds(1)),
            new Lasting(0.1, 0.05, 0.02));
    FaultPlan plan = new FaultPlan(3, rates);
    List<Fault> passing =
        IntStream.range(0, 4000)
            .mapToObj(i -> plan.passing("request " + i))
            .flatMap(Optional::stream)
            .toList();
    List<Fault> lasting =
        IntStream.range(0, 4000)
            .mapToObj(i -> plan.lasting("request " + i))
            .flatMap(Optional::stream)
            .toList();
    assertThat(share(passing, Fault.RateLimited.class)).isCloseTo(0.1, within(0.02));
    assertThat(share(passing, Fault.ServerError.class)).isCloseTo(0.05, within(0.02));
    assertThat(share(passing, Fault.Reset.class)).isCloseTo(0.04, within(0.01));
    assertThat(share(passing, Fault.NoReply.class)).isCloseTo(0.03, within(0.01));
    assertThat(share(passing, Fault.Delayed.class)).isCloseTo(0.2, within(0.02));
    assertThat(share(lasting, Fault.Truncated.class)).isCloseTo(0.1, within(0.02));
    assertThat(share(lasting, Fault.Garbage.class)).isCloseTo(0.05, within(0.02));
    assertThat(share(lasting, Fault.Malformed.class)).isCloseTo(0.02, within(0.01));
  }

  @Test
  void shouldLetARetrySucceedAndKeepLastingFaults() {
    FaultPlan plan = new FaultPlan(3, new FaultRates(passing(0.5, 0), new Lasting(0.5, 0, 0)));
    List<Boolean> limited =
        IntStream.range(0, 50).mapToObj(i -> plan.passing("same").isPresent()).toList();
    assertThat(limited).contains(true, false);
    assertThat(IntStream.range(0, 50).mapToObj(i -> plan.lasting("same")).distinct()).hasSize(1);
  }

  @Test
  void shouldPlanTheSameFaultsWhenTheSeedIsTheSame() {
    FaultRates rates = new FaultRates(passing(0.3, 0.3), FaultRates.NONE.lasting());
    FaultPlan one = new FaultPlan(3, rates);
    FaultPlan other = new FaultPlan(3, rates);
    for (int i = 0; i < 100; i++) {
      assertThat(one.passing("request")).isEqualTo(other.passing("request"));
    }
  }

  @Test
  void shouldReadFaultsByName() {
    assertThat(Fault.named("429")).isEqualTo(new Fault.RateLimited());
    assertThat(Fault.named("delay=250ms")).isEqualTo(new Fault.Delayed(Duration.ofMillis(250)));
    assertThat(Fault.named("delay=2s")).isEqualTo(new Fault.Delayed(Duration.ofSeconds(2)));
    assertThat(Fault.named("reset")).isEqualTo(new Fault.Reset());
    assertThat(Fault.named("no-reply")).isEqualTo(new Fault.NoReply());
    assertThat(Fault.named("malformed")).isEqualTo(new Fault.Malformed());
    for (String bad : List.of("", "418", "delay=-1s", "delay=601s", "delay=1h")) {
      assertThatThrownBy(() -> Fault.named(bad)).hasMessageContaining("x-simulate-fault");
    }
  }

  @Test
  void shouldNameTheKeyWhenARateOrADurationIsBad() {
    assertThatThrownBy(() -> passing(2, 0))
        .hasMessageContaining("edit.simulated-teacher.faults.rate-limit");
    assertThatThrownBy(() -> passing(0.6, 0.6)).hasMessageContaining("at most 1");
    assertThatThrownBy(() -> new Lasting(0.5, 0, 0.6)).hasMessageContaining("malformed");
    assertThatThrownBy(() -> new Latency(1, Duration.ofSeconds(-1), Duration.ZERO))
        .hasMessageContaining("edit.simulated-teacher.latency");
  }

  @Test
  void shouldStayWithinLatencyAndJitter() {
    Latency latency = new Latency(1, Duration.ofMillis(100), Duration.ofMillis(50));
    assertThat(latency.of(request(10, List.of())))
        .isBetween(Duration.ofMillis(100), Duration.ofMillis(150))
        .isEqualTo(latency.of(request(10, List.of())));
  }

  private static Passing passing(double rateLimit, double serverError) {
    return new Passing(rateLimit, serverError, 0, 0, 0, Duration.ZERO);
  }

  private static SimulatedCompletions with(FaultRates rates) {
    SimulatedTeacher teacher = new SimulatedTeacher(1, new SimulatedErrorRate(0));
    return new SimulatedCompletions(1, teacher, new FaultPlan(1, rates));
  }

  private static Completion only(SimulatedCompletions completions, ChatRequest request) {
    return completions.complete(request, Optional.empty()).get(0);
  }

  private static ChatRequest request(int mostPieces, List<String> stops) {
    return new ChatRequest(QUESTION, 1, 0.2, "", 1, mostPieces, stops);
  }

  private static double share(List<Fault> faults, Class<? extends Fault> kind) {
    return faults.stream().filter(kind::isInstance).count() / 4000.0;
  }
}
