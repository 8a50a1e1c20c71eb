package dev.edit.trainer.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Where a run stands between two steps. The order of the data, dropout and whatever else is drawn
 * follow from the run's seed and the step alone, so the step says where in the data it stands.
 *
 * @param identity digest of all that decides the run's weights; a state of another is not taken up
 * @param stageIndex the stage in the run's plan, from 0
 * @param stage the stage's name
 * @param step steps taken in the stage
 * @param totalSteps steps taken in all
 * @param tokens real tokens through the model in all
 * @param nanos in optimizer steps in all
 * @param best the stage's best epoch so far; null where none is chosen
 */
public record RunState(
    String identity,
    int stageIndex,
    String stage,
    int step,
    int totalSteps,
    long tokens,
    long nanos,
    BestEpoch best) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The state before the first step. */
  static RunState start(String identity, String stage) {
    return new RunState(identity, 0, stage, 0, 0, 0, 0, null);
  }

  /**
   * An epoch of a stage and how it did.
   *
   * @param epoch from 1
   * @param right held-out problems answered right
   * @param problems held-out problems asked
   */
  public record BestEpoch(int epoch, int right, int problems) {}

  /** After one more step. */
  RunState after(StepFigures figures, long stepNanos) {
    return new RunState(
        identity,
        stageIndex,
        stage,
        step + 1,
        totalSteps + 1,
        tokens + figures.tokens(),
        nanos + stepNanos,
        best);
  }

  /** With another best epoch. */
  RunState withBest(BestEpoch newBest) {
    return new RunState(identity, stageIndex, stage, step, totalSteps, tokens, nanos, newBest);
  }

  /** At the start of the next stage. */
  RunState next(String nextStage) {
    return new RunState(identity, stageIndex + 1, nextStage, 0, totalSteps, tokens, nanos, null);
  }

  /**
   * The digest of a run's settings, whichever attempt it is, of its data, of the weights it starts
   * from and of its tokenizer.
   */
  static String identity(Run run, TrainingSet set, TrainingRun.Start start) {
    ObjectNode parts = JSON.createObjectNode();
    byte[] spec = RecordCodec.of(Run.class).encode(run.withOrder(null));
    parts.put("run", new String(spec, StandardCharsets.UTF_8));
    parts.put("data", set.sha256());
    parts.put("weights", start.weightsSha256());
    parts.put("tokenizer", start.tokenizer());
    Sha256 digest = new Sha256();
    digest.add(parts.toString().getBytes(StandardCharsets.UTF_8));
    return digest.hex();
  }
}
