package dev.edit.simulatedteacher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.contracts.grading.Grade;
import dev.edit.families.Families;
import dev.edit.families.ProblemSets;
import dev.edit.families.Puzzle;
import dev.edit.families.SetSizes;
import dev.edit.simulatedteacher.domain.SimulatedAnswer.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulatedTeacherTest {
  private static final Sampling SAMPLING = new Sampling(0.2, "", 0);
  private static final List<Problem> PROBLEMS =
      ProblemSets.generate(11, new SetSizes(3000, 0, 0, 0)).train();
  private static final SimulatedTeacher TEACHER =
      new SimulatedTeacher(1, new SimulatedErrorRate(0.27));

  @Test
  void shouldErrOnAboutTheShareConfiguredAndMoreOnHarderProblems() {
    Map<Integer, List<Boolean>> wrong = new TreeMap<>();
    for (Problem problem : PROBLEMS) {
      String text = TEACHER.answer(cep(problem.question()), SAMPLING).text();
      assertThat(AnswerExtraction.extract(text)).isPresent();
      wrong
          .computeIfAbsent(puzzle(problem).difficulty(), d -> new ArrayList<>())
          .add(Grade.of(text, problem.answer()) == Grade.WRONG);
    }
    List<Double> shares = wrong.values().stream().map(SimulatedTeacherTest::share).toList();
    double overall = share(wrong.values().stream().flatMap(List::stream).toList());
    assertThat(overall).isCloseTo(0.27, within(0.02));
    assertThat(shares).hasSize(4).isSorted();
    assertThat(shares.get(0)).isCloseTo(0.08, within(0.03));
    assertThat(shares.get(3)).isCloseTo(0.50, within(0.05));
  }

  @Test
  void shouldSayTheSameWhenAskedInAnotherOrder() {
    Map<String, String> forward = new TreeMap<>();
    PROBLEMS.forEach(p -> forward.put(p.id(), TEACHER.answer(cep(p.question()), SAMPLING).text()));
    List<Problem> shuffled = new ArrayList<>(PROBLEMS);
    Collections.shuffle(shuffled, new Random(1));
    SimulatedTeacher again = new SimulatedTeacher(1, new SimulatedErrorRate(0.27));
    for (Problem problem : shuffled) {
      assertThat(again.answer(cep(problem.question()), SAMPLING).text())
          .isEqualTo(forward.get(problem.id()));
    }
  }

  @Test
  void shouldDrawAgainWhenTemperatureSeedOrChoiceDiffer() {
    for (Sampling other :
        List.of(new Sampling(0.5, "", 0), new Sampling(0.2, "7", 0), new Sampling(0.2, "", 1))) {
      long different =
          PROBLEMS.stream()
              .filter(
                  p ->
                      !TEACHER
                          .answer(cep(p.question()), SAMPLING)
                          .equals(TEACHER.answer(cep(p.question()), other)))
              .count();
      assertThat(different).as(other.toString()).isBetween(600L, 1800L);
    }
  }

  @Test
  void shouldRectifyAlongTheSamePathWhenToldTheAnswer() {
    for (Problem problem : PROBLEMS) {
      Prompt ahp =
          new Prompt(
              PromptKind.AHP,
              problem.question(),
              Optional.of(problem.answer()),
              Optional.empty(),
              Optional.empty());
      SimulatedAnswer answer = TEACHER.answer(ahp, SAMPLING);
      assertThat(answer.outcome()).isEqualTo(Outcome.RECTIFIED);
      assertThat(Grade.of(answer.text(), problem.answer())).isEqualTo(Grade.RIGHT);
      assertThat(answer.text()).isEqualTo(puzzle(problem).solve().text());
    }
  }

  @Test
  void shouldCorruptAlongThePathOfTheRightResponse() {
    for (Problem problem : PROBLEMS) {
      String right = puzzle(problem).solve().text();
      Prompt ccp =
          new Prompt(
              PromptKind.CCP,
              problem.question(),
              Optional.empty(),
              Optional.of(right),
              Optional.empty());
      SimulatedAnswer answer = TEACHER.answer(ccp, SAMPLING);
      assertThat(answer.outcome()).isEqualTo(Outcome.CORRUPTED);
      assertThat(Grade.of(answer.text(), problem.answer())).isEqualTo(Grade.WRONG);
      assertThat(answer.text().lines().count()).isEqualTo(right.lines().count());
    }
  }

  @Test
  void shouldNameTheKindOfItsOwnMistakesAndOfNoOthers() {
    Map<String, Integer> named = new TreeMap<>();
    for (Problem problem : PROBLEMS) {
      Puzzle puzzle = puzzle(problem);
      String right = puzzle.solve().text();
      Prompt ccp =
          new Prompt(
              PromptKind.CCP,
              problem.question(),
              Optional.empty(),
              Optional.of(right),
              Optional.empty());
      String wrong = TEACHER.answer(ccp, SAMPLING).text();
      SimulatedAnswer diagnosis = TEACHER.answer(mistake(problem, wrong), SAMPLING);
      String kind = puzzle.diagnose(wrong).orElseThrow().kind().label();
      assertThat(diagnosis.outcome()).isEqualTo(Outcome.DIAGNOSED);
      assertThat(diagnosis.text()).endsWith("\nCategory: " + kind);
      named.merge(kind, 1, Integer::sum);
      assertThat(TEACHER.answer(mistake(problem, right), SAMPLING).text())
          .isEqualTo(SimulatedTeacher.UNEXPLAINED);
    }
    assertThat(named).containsOnlyKeys("logical", "knowledge", "calculation");
  }

  @Test
  void shouldSayThatItDoesNotKnowWhenTheQuestionIsOfNoFamily() {
    SimulatedAnswer answer = TEACHER.answer(cep("Who wrote Hamlet?"), SAMPLING);
    assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(AnswerExtraction.extract(answer.text())).isEmpty();
  }

  @Test
  void shouldNameTheKeyWhenTheErrorRateIsBad() {
    assertThatThrownBy(() -> new SimulatedErrorRate(1.5))
        .hasMessageContaining("edit.simulated-teacher.error-rate");
    assertThatThrownBy(() -> new SimulatedErrorRate(Double.NaN))
        .hasMessageContaining("edit.simulated-teacher.error-rate");
  }

  private static Prompt cep(String question) {
    return new Prompt(
        PromptKind.CEP, question, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Prompt mistake(Problem problem, String wrong) {
    return new Prompt(
        PromptKind.MISTAKE,
        problem.question(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(wrong));
  }

  private static Puzzle puzzle(Problem problem) {
    return Families.parse(problem.question()).orElseThrow();
  }

  private static double share(List<Boolean> flags) {
    return flags.stream().filter(f -> f).count() / (double) flags.size();
  }
}
