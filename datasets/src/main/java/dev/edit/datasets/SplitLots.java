package dev.edit.datasets;

import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.codec.Sha256;
import dev.edit.datasets.SplitRule.Ratio;
import dev.edit.datasets.reader.Question;
import dev.edit.datasets.reader.SeededRank;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Divides each task's questions by lot, in the order in which they come.
 *
 * <p>The lots are drawn block by block: of 4:1, each block of 5 questions gives one that is held
 * out. So a task of n questions has exactly floor(4n/5) to train on, one more question moves none
 * but those of the last block, and no more than a block of each task is held in memory. A question
 * that a task repeats stays on the side of its first occurrence, or it would be trained on and
 * tested; the block makes up for it as soon as it can.
 */
final class SplitLots {
  private final Ratio ratio;
  private final long seed;
  private final BiConsumer<Question, Split> to;
  private final Map<String, Task> tasks = new HashMap<>();

  SplitLots(Ratio ratio, long seed, BiConsumer<Question, Split> to) {
    this.ratio = ratio;
    this.seed = seed;
    this.to = to;
  }

  void add(Question question) {
    Task task = tasks.computeIfAbsent(question.task(), Task::new);
    task.block.add(question);
    if (task.block.size() == ratio.train() + ratio.test()) {
      task.draw();
    }
  }

  /** Draws the lots of the incomplete blocks and forgets all tasks. */
  void finish() {
    tasks.values().stream().sorted(Comparator.comparing(task -> task.name)).forEach(Task::draw);
    tasks.clear();
  }

  private final class Task {
    private final String name;
    private final List<Question> block = new ArrayList<>();

    /** The side of every question so far, by the first half of its digest. */
    private final Map<Long, Split> sides = new HashMap<>();

    private long seen;
    private long heldOut;

    Task(String name) {
      this.name = name;
    }

    void draw() {
      seen += block.size();
      for (Question question : block) {
        heldOut += sides.get(digest(question)) == Split.TEST ? 1 : 0;
      }
      SeededRank rank = new SeededRank(seed, name);
      List<Question> lots = new ArrayList<>(block);
      lots.sort(Comparator.comparing(question -> rank.of(question.text())));
      for (Question question : lots) {
        if (!sides.containsKey(digest(question))) {
          boolean test = heldOut < ratio.heldOut(seen);
          sides.put(digest(question), test ? Split.TEST : Split.TRAIN);
          heldOut += test ? occurrences(question) : 0;
        }
      }
      block.forEach(question -> to.accept(question, sides.get(digest(question))));
      block.clear();
    }

    private long occurrences(Question question) {
      return block.stream().filter(other -> other.text().equals(question.text())).count();
    }

    private long digest(Question question) {
      byte[] text = question.text().getBytes(StandardCharsets.UTF_8);
      return Long.parseUnsignedLong(Sha256.of(text).substring(0, 16), 16);
    }
  }
}
