package dev.edit.evaluator.domain;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.Grade;
import dev.edit.evaluator.domain.prompt.BenchmarkPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A student's responses to a benchmark, graded.
 *
 * @param checkpoint the student
 * @param benchmark the benchmark
 * @param attempts how the student was asked
 * @param answered one a problem, in the order of the problems' ids
 */
public record Examination(
    Checkpoint checkpoint, Benchmark benchmark, Attempts attempts, List<Answered> answered) {

  public Examination {
    answered = List.copyOf(answered);
  }

  /** Asks a student all problems of a benchmark and grades its responses. */
  public static Examination hold(
      Checkpoint checkpoint,
      Benchmark benchmark,
      BenchmarkPrompt prompt,
      Respondent respondent,
      Attempts attempts) {
    // A student that learned several tasks is asked for the one that ends in an answer.
    String prefix = checkpoint.recipe().questionPrefix();
    List<Question> questions = new ArrayList<>();
    for (Problem problem : benchmark.problems()) {
      questions.addAll(attempts.questions(problem.id(), prompt.render(prefix, problem)));
    }
    List<Response> responses = respondent.respond(questions, attempts.decoding());
    List<Answered> answered = new ArrayList<>();
    int from = 0;
    for (Problem problem : benchmark.problems()) {
      int to = from + attempts.samples();
      String read = questions.get(from).prompt();
      answered.add(Answered.of(problem, read, responses.subList(from, to)));
      from = to;
    }
    return new Examination(checkpoint, benchmark, attempts, answered);
  }

  /**
   * The figures: a function of checkpoint, problems and settings alone, so that a second
   * examination gives an equal record.
   *
   * @param settings are told beside those of the attempts
   */
  public Evaluation evaluation(Map<String, String> settings) {
    Map<String, List<Answered>> tasks = new TreeMap<>();
    answered.forEach(
        a -> tasks.computeIfAbsent(a.problem().task(), task -> new ArrayList<>()).add(a));
    Map<String, Score> scores = new TreeMap<>();
    tasks.forEach((task, ofTask) -> scores.put(task, score(ofTask)));
    StringBuilder outcomes = new StringBuilder();
    answered.forEach(a -> outcomes.append(a.grade() == Grade.RIGHT ? '1' : '0'));
    Map<String, String> config = new TreeMap<>(settings);
    config.putAll(attempts.settings());
    return new Evaluation(
        checkpoint.run(),
        checkpoint.recipe(),
        checkpoint.seed(),
        checkpoint.sha256(),
        benchmark.name(),
        benchmark.domain(),
        score(answered),
        scores,
        outcomes.toString(),
        benchmark.sha256(),
        config,
        null);
  }

  private static Score score(List<Answered> answered) {
    return Score.of(
        count(answered, Grade.RIGHT),
        answered.size(),
        count(answered, Grade.UNANSWERED),
        (int) answered.stream().filter(Answered::truncated).count());
  }

  private static int count(List<Answered> answered, Grade grade) {
    return (int) answered.stream().filter(a -> a.grade() == grade).count();
  }
}
