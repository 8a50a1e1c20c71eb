package dev.edit.evaluator.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.evaluator.domain.HeldOutDuals;
import dev.edit.evaluator.domain.KeyStepExamination;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.TokenScorer;
import java.util.Map;
import java.util.Optional;

/** Looks at the duals that a checkpoint's run holds out, where it holds any out. */
public final class KeyStepDiagnosis {
  private final HeldOutDualLog log;
  private final int most;

  /**
   * @param most pairs that are looked at; 0 for none
   */
  public KeyStepDiagnosis(HeldOutDualLog log, int most) {
    this.log = log;
    this.most = most;
  }

  /**
   * The figures; empty where the run holds nothing out, where no pair is left to look at, or where
   * the student cannot be asked for likelihoods.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer
   */
  public Optional<Evaluation> of(Checkpoint checkpoint, Respondent respondent) {
    Optional<TokenScorer> scorer = respondent.scorer();
    if (scorer.isEmpty() || most == 0) {
      return Optional.empty();
    }
    return log.run(checkpoint.run())
        .filter(run -> run.dataset().heldOutDuals() != null)
        .flatMap(run -> examine(checkpoint, run, scorer.get()));
  }

  private Optional<Evaluation> examine(Checkpoint checkpoint, Run run, TokenScorer scorer) {
    HeldOutDuals duals = new HeldOutDuals(run.dataset(), checkpoint.manifest().tokenizer(), most);
    log.read(run, duals);
    return KeyStepExamination.hold(duals.pairs(), scorer)
        .evaluation(
            checkpoint, run.dataset().heldOutDuals(), Map.of("mostDuals", Integer.toString(most)));
  }
}
