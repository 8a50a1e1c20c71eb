package dev.edit.simulatedteacher.domain;

import dev.edit.families.Seeds;
import dev.edit.families.VocabularyTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Turns the simulated teacher's answers into completions: stops, bounds on length and faults. */
public final class SimulatedCompletions {
  private static final String SIGNS = "#%&*@^~|_=+;!$";

  private final long seed;
  private final SimulatedTeacher teacher;
  private final FaultPlan faults;

  public SimulatedCompletions(long seed, SimulatedTeacher teacher, FaultPlan faults) {
    this.seed = seed;
    this.teacher = teacher;
    this.faults = faults;
  }

  /** The fault that this arrival of a request meets before it is answered; counts the arrival. */
  public Optional<Fault> passingFault(ChatRequest request) {
    return faults.passing(request.identity());
  }

  /** The fault that every arrival of a request meets. */
  public Optional<Fault> lastingFault(ChatRequest request) {
    return faults.lasting(request.identity());
  }

  /**
   * Answers a request.
   *
   * @param fault a {@link Fault.Truncated} or {@link Fault.Garbage} is applied; all else leaves the
   *     text as it is
   * @return one completion for each choice
   */
  public List<Completion> complete(ChatRequest request, Optional<Fault> fault) {
    Prompt prompt = Prompt.read(request.prompt());
    List<Completion> completions = new ArrayList<>();
    for (int choice = 0; choice < request.choices(); choice++) {
      Sampling sampling = new Sampling(request.temperature(), request.seed(), choice);
      completions.add(completion(request, teacher.answer(prompt, sampling), fault, choice));
    }
    return List.copyOf(completions);
  }

  private Completion completion(
      ChatRequest request, SimulatedAnswer answer, Optional<Fault> fault, int choice) {
    boolean garbled = fault.filter(Fault.Garbage.class::isInstance).isPresent();
    String text = garbled ? garbage(request.identity(), choice) : answer.text();
    List<String> pieces = VocabularyTexts.pieces(untilStop(text, request.stops()));
    int most = request.mostPieces();
    if (fault.filter(Fault.Truncated.class::isInstance).isPresent()) {
      most = Math.min(most, Math.max(1, pieces.size() / 2));
    }
    boolean truncated = pieces.size() > most;
    List<String> kept = truncated ? pieces.subList(0, most) : pieces;
    String label = truncated ? "truncated" : garbled ? "garbage" : answer.outcome().label();
    return new Completion(String.join("", kept), kept.size(), truncated, label);
  }

  private static String untilStop(String text, List<String> stops) {
    int end = text.length();
    for (String stop : stops) {
      int at = text.indexOf(stop);
      if (at >= 0) {
        end = Math.min(end, at);
      }
    }
    return text.substring(0, end);
  }

  private String garbage(String identity, int choice) {
    Random random = Seeds.stream(seed, "garbage", identity, String.valueOf(choice));
    StringBuilder text = new StringBuilder();
    int length = 20 + random.nextInt(60);
    for (int i = 0; i < length; i++) {
      text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      if (random.nextInt(4) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
