package dev.edit.generator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final TopicPartition ZERO = new TopicPartition("in", 0);
  private static final TopicPartition ONE = new TopicPartition("in", 1);

  private final Window window = new Window(8);
  private final Map<String, CompletableFuture<Result>> work = new HashMap<>();
  private final List<String> begun = new ArrayList<>();
  private final List<String> tallied = new ArrayList<>();

  @Test
  void shouldHandOutOnlyWhatHasNothingUnfinishedBeforeIt() {
    add(ZERO, 10, 11, 12);
    add(ONE, 5);
    beginAll();
    end("0/11", "0/12", "1/5");
    assertThat(keys(window.finished())).containsExactly("1/5");
    assertThat(window.finished().offsets()).isEqualTo(Map.of(ONE, at(6)));
    end("0/10");
    Window.Finished all = window.finished();
    assertThat(all.records()).isEqualTo(4);
    assertThat(keys(all)).containsExactly("0/10", "0/11", "0/12", "1/5");
    assertThat(all.offsets()).isEqualTo(Map.of(ZERO, at(13), ONE, at(6)));
  }

  @Test
  void shouldKeepWhatIsHandedOutUntilItIsCommitted() {
    add(ZERO, 10, 11);
    beginAll();
    end("0/10");
    assertThat(window.finished()).isEqualTo(window.finished());
    assertThat(tallied).as("not counted before it is committed").isEmpty();
    window.committed(window.finished().offsets());
    assertThat(tallied).containsExactly("0/10");
    assertThat(window.finished().isEmpty()).isTrue();
    assertThat(window.count()).isEqualTo(1);
  }

  @Test
  void shouldMoveTheOffsetWhenARecordGivesNothing() {
    add(ZERO, 10);
    beginAll();
    work.get("0/10").complete(new Result(Optional.empty(), () -> tallied.add("0/10")));
    assertThat(window.finished())
        .isEqualTo(new Window.Finished(1, List.of(), Map.of(ZERO, at(11))));
  }

  @Test
  void shouldForgetAPartitionWhenItGoesToAnotherWorker() {
    add(ZERO, 10, 11);
    add(ONE, 5, 6);
    window.begin(this::begin);
    window.begin(this::begin);
    assertThat(window.drop(List.of(ZERO))).as("begun in vain").isEqualTo(2);
    end("0/10", "0/11");
    assertThat(window.finished().isEmpty()).as("its results count no more").isTrue();
    beginAll();
    assertThat(begun).containsExactly("0/10", "0/11", "1/5", "1/6");
    assertThat(window.drop(List.of(ONE, ZERO))).isEqualTo(2);
    assertThat(window.count()).isZero();
    assertThat(tallied).as("the other worker counts it").isEmpty();
  }

  @Test
  void shouldForgetWhatTheGroupHasCommittedWhenATransactionsEndIsFoundOut() {
    add(ZERO, 10, 11, 12);
    window.begin(this::begin);
    window.committed(Map.of(ZERO, at(12)));
    assertThat(window.count()).isEqualTo(1);
    beginAll();
    assertThat(begun).containsExactly("0/10", "0/12");
    Map<TopicPartition, OffsetAndMetadata> nothing = new HashMap<>();
    nothing.put(ZERO, null);
    nothing.put(ONE, at(3));
    window.committed(nothing);
    assertThat(window.count()).isEqualTo(1);
  }

  @Test
  void shouldTellWhichPartitionsHaveTheirShare() {
    window.assign(List.of(ZERO, ONE));
    add(ZERO, 1, 2, 3);
    assertThat(window.full()).isEmpty();
    add(ZERO, 4);
    assertThat(window.full()).containsExactly(ZERO);
    window.drop(List.of(ONE));
    assertThat(window.full()).as("the whole window is its own now").isEmpty();
  }

  /** Whatever order work ends in, each record is handed out once, in order, and none is skipped. */
  @Test
  void shouldHandOutEachRecordOnceWhenWorkEndsInAnyOrder() {
    List<String> expected = IntStream.range(0, 50).mapToObj(i -> "0/" + i).toList();
    for (long seed = 0; seed < 200; seed++) {
      assertThat(handedOut(new Random(seed), 50)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private List<String> handedOut(Random random, int records) {
    Window any = new Window(8);
    work.clear();
    List<String> open = new ArrayList<>();
    List<String> handedOut = new ArrayList<>();
    int next = 0;
    while (handedOut.size() < records) {
      int before = begun.size();
      switch (random.nextInt(4)) {
        case 0 -> {
          if (next < records) {
            any.add(item(ZERO, next++));
          }
        }
        case 1 -> any.begin(this::begin);
        case 2 -> {
          if (!open.isEmpty()) {
            end(open.remove(random.nextInt(open.size())));
          }
        }
        default -> {
          Window.Finished finished = any.finished();
          handedOut.addAll(keys(finished));
          any.committed(finished.offsets());
        }
      }
      open.addAll(begun.subList(before, begun.size()));
    }
    return handedOut;
  }

  private static List<String> keys(Window.Finished finished) {
    return finished.outputs().stream().map(Output::key).toList();
  }

  private void add(TopicPartition partition, long... offsets) {
    for (long offset : offsets) {
      window.add(item(partition, offset));
    }
  }

  private static ConsumerRecord<String, byte[]> item(TopicPartition partition, long offset) {
    return new ConsumerRecord<>(
        partition.topic(), partition.partition(), offset, "key", new byte[0]);
  }

  private CompletionStage<Result> begin(ConsumerRecord<String, byte[]> item) {
    String name = item.partition() + "/" + item.offset();
    begun.add(name);
    return work.computeIfAbsent(name, n -> new CompletableFuture<>());
  }

  private void beginAll() {
    boolean more = true;
    while (more) {
      more = window.begin(this::begin);
    }
  }

  private void end(String... names) {
    for (String name : names) {
      work.get(name).complete(result(name));
    }
  }

  private Result result(String name) {
    return new Result(Optional.of(new Output("out", name, new byte[0])), () -> tallied.add(name));
  }

  private static OffsetAndMetadata at(long offset) {
    return new OffsetAndMetadata(offset);
  }
}
