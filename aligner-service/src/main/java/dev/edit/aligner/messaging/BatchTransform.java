package dev.edit.aligner.messaging;

import dev.edit.aligner.metrics.AlignerMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What the loop does to a batch between its poll and its commit. */
@FunctionalInterface
interface BatchTransform {

  Results process(ConsumerRecords<String, byte[]> records);

  /** Records are independent of each other: all processors work on them, the order stays. */
  static BatchTransform ofEach(Function<ConsumerRecord<String, byte[]>, Results> one) {
    return records -> {
      List<ConsumerRecord<String, byte[]>> sources = new ArrayList<>(records.count());
      records.forEach(sources::add);
      Results all = Results.empty();
      sources.parallelStream().map(one).forEachOrdered(all::add);
      return all;
    };
  }

  /**
   * A batch's results.
   *
   * @param outputs what to publish
   * @param tallies what to count once that is committed
   */
  record Results(List<Output> outputs, List<Consumer<AlignerMetrics>> tallies) {
    static Results empty() {
      return new Results(new ArrayList<>(), new ArrayList<>());
    }

    void add(Output output, Consumer<AlignerMetrics> tally) {
      outputs.add(output);
      tallies.add(tally);
    }

    void add(Results more) {
      outputs.addAll(more.outputs);
      tallies.addAll(more.tallies);
    }
  }
}
