package dev.edit.simulatedteacher.domain;

import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.families.Families;
import dev.edit.families.Mistake;
import dev.edit.families.MistakeKind;
import dev.edit.families.Puzzle;
import dev.edit.families.Seeds;
import dev.edit.families.Solution;
import dev.edit.simulatedteacher.domain.SimulatedAnswer.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * SIMULATES a teacher: solves the families' problems with their solver and makes seeded mistakes,
 * each in a single step. What it says depends on its seed, the prompt's kind, question and right
 * response, and the {@link Sampling}; on nothing else, so the same requests in any order give the
 * same data. Thread-safe.
 */
public final class SimulatedTeacher {

  /** Said of questions that no family knows; it has no answer phrase. */
  public static final String UNKNOWN =
      "I do not know. This is a simulated teacher, and the question is of no family that it can"
          + " solve.";

  /** Said of wrong responses that are none of its own; it names no category. */
  public static final String UNEXPLAINED =
      "I do not know. This is a simulated teacher, and it can explain its own mistakes only.";

  /**
   * How kinds of mistake are weighed where a problem allows them all; LE : KE : MCE in the paper.
   */
  private static final Map<MistakeKind, Integer> WEIGHTS =
      Map.of(MistakeKind.LOGICAL, 70, MistakeKind.KNOWLEDGE, 12, MistakeKind.CALCULATION, 18);

  private final long seed;
  private final SimulatedErrorRate errorRate;

  public SimulatedTeacher(long seed, SimulatedErrorRate errorRate) {
    this.seed = seed;
    this.errorRate = errorRate;
  }

  /**
   * Answers a prompt.
   *
   * <ul>
   *   <li>CEP: the solver's chain of thought, or with the error rate's probability one with a
   *       mistake.
   *   <li>AHP: the solver's chain of thought: the path of the CEP answer without its mistake. A
   *       hint that is false is not followed.
   *   <li>CCP: the path of the right response with one mistake; its answer differs from the gold
   *       answer and from that of the right response.
   *   <li>MISTAKE: which step of the wrong response is mistaken, and the kind that was drawn for
   *       it; found by trying all mistakes that the solver can make, not by judging the text.
   * </ul>
   */
  public SimulatedAnswer answer(Prompt prompt, Sampling sampling) {
    Optional<Puzzle> known = Families.parse(prompt.question());
    if (known.isEmpty()) {
      return new SimulatedAnswer(UNKNOWN, Outcome.UNKNOWN);
    }
    Puzzle puzzle = known.get();
    if (prompt.kind() == PromptKind.MISTAKE) {
      return diagnosis(puzzle, prompt.wrong().orElse(""));
    }
    Random random =
        Seeds.stream(
            seed,
            "answer",
            prompt.kind().label(),
            prompt.question(),
            prompt.right().orElse(""),
            String.valueOf(sampling.temperature()),
            sampling.seed(),
            String.valueOf(sampling.choice()));
    return switch (prompt.kind()) {
      case CEP ->
          random.nextDouble() < errorRate.at(puzzle.difficulty())
              ? new SimulatedAnswer(mistaken(puzzle, "", random), Outcome.WRONG)
              : new SimulatedAnswer(puzzle.solve().text(), Outcome.RIGHT);
      case AHP -> new SimulatedAnswer(puzzle.solve().text(), Outcome.RECTIFIED);
      case CCP -> {
        String taken = prompt.right().flatMap(AnswerExtraction::extract).orElse("");
        yield new SimulatedAnswer(mistaken(puzzle, taken, random), Outcome.CORRUPTED);
      }
      case MISTAKE -> throw new IllegalStateException("answered above, without a draw");
    };
  }

  private static SimulatedAnswer diagnosis(Puzzle puzzle, String wrong) {
    return puzzle
        .diagnose(wrong)
        .map(
            mistake ->
                new SimulatedAnswer(
                    "Step %d is mistaken, and what follows rests on it.\nCategory: %s"
                        .formatted(mistake.step() + 1, mistake.kind().label()),
                    Outcome.DIAGNOSED))
        .orElseGet(() -> new SimulatedAnswer(UNEXPLAINED, Outcome.UNKNOWN));
  }

  /** A solution with one mistake whose answer is not {@code taken}. */
  private static String mistaken(Puzzle puzzle, String taken, Random random) {
    Map<MistakeKind, List<Mistake>> byKind =
        puzzle.mistakes().stream()
            .collect(
                Collectors.groupingBy(
                    Mistake::kind, () -> new EnumMap<>(MistakeKind.class), Collectors.toList()));
    while (!byKind.isEmpty()) {
      MistakeKind kind = draw(byKind, random);
      List<Mistake> places = byKind.get(kind);
      Collections.shuffle(places, random);
      for (Mistake place : places) {
        Optional<Solution> wrong =
            puzzle
                .solveWithMistake(place.step(), kind, random)
                .filter(solution -> !solution.answer().equals(taken));
        if (wrong.isPresent()) {
          return wrong.get().text();
        }
      }
      byKind.remove(kind);
    }
    // Only where the right response given was itself the one mistaken answer there is.
    return UNKNOWN;
  }

  private static MistakeKind draw(Map<MistakeKind, List<Mistake>> byKind, Random random) {
    int total = byKind.keySet().stream().mapToInt(WEIGHTS::get).sum();
    int left = random.nextInt(total);
    for (MistakeKind kind : byKind.keySet()) {
      left -= WEIGHTS.get(kind);
      if (left < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the weights sum up to " + total);
  }
}
