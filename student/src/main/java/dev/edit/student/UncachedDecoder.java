package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.edit.student.Continuation.Ending;
import dev.edit.student.torch.DecoderScript.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Continues prompts with the most probable token, one prompt after the other, with a whole forward
 * pass per token: the twin that the {@link ContinuousDecoder} is measured and tested against.
 * Rotary frequencies that depend on a row's length turn all of it here, and only what comes after
 * there: beyond that length the two may differ.
 */
public final class UncachedDecoder {
  private UncachedDecoder() {}

  /** Continuations in the order of {@code prompts}, ended as a greedy {@link GreedyDecoder}'s. */
  public static List<Continuation> decode(Student student, List<int[]> prompts, int maxNewTokens) {
    return prompts.stream().map(prompt -> decode(student, prompt, maxNewTokens)).toList();
  }

  private static Continuation decode(Student student, int[] prompt, int maxNewTokens) {
    Set<Integer> end = Set.copyOf(student.config().eosTokenIds());
    int limit = Math.min(maxNewTokens, student.config().longestRow() - prompt.length);
    int[] row = prompt;
    Ending ending = Ending.LENGTH;
    while (row.length < prompt.length + limit) {
      int token = next(student, row);
      row = Arrays.copyOf(row, row.length + 1);
      row[row.length - 1] = token;
      if (end.contains(token)) {
        ending = Ending.END_TOKEN;
        break;
      }
    }
    return new Continuation(Arrays.copyOfRange(row, prompt.length, row.length), ending);
  }

  /** The most probable token after {@code row}; the first of several. */
  private static int next(Student student, int[] row) {
    PackedRows packed = new PackedRows(student.config(), List.of(row));
    float[] logits;
    try (NDManager scope = student.script().scope()) {
      RotaryTables.Placed placed = student.rotary().rows(packed.lengths(), scope);
      List<NDArray> inputs = new ArrayList<>(packed.arrays(scope, placed.offsets()));
      inputs.add(scope.create(new long[] {row.length - 1}));
      logits =
          student
              .script()
              .call(Method.LOGITS, inputs, student.model(), placed.tables())
              .toFloatArray();
    }
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
