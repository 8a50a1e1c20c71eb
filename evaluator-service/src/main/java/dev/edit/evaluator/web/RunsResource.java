package dev.edit.evaluator.web;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.domain.console.RunBook.Card;
import dev.edit.evaluator.domain.console.RunBook.Message;
import dev.edit.evaluator.domain.console.RunBook.Story;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The runs. */
@Path("/api/runs")
public class RunsResource {
  private final ConsoleState state;

  public RunsResource(ConsoleState state) {
    this.state = state;
  }

  /**
   * A run in a line; fields are null where nothing is known yet.
   *
   * @param id the run's id
   * @param recipe the recipe's name
   * @param student where it starts from
   * @param seed of the order of examples
   * @param state where it stands
   * @param stage the stage it is in or was in last
   * @param message what was said last
   * @param progress the latest figures
   * @param started when its first event came
   * @param updated when its latest event came
   */
  public record Line(
      String id,
      String recipe,
      String student,
      Long seed,
      String state,
      String stage,
      String message,
      Progress progress,
      Instant started,
      Instant updated) {
    static Line of(Card card) {
      boolean known = card.run() != null;
      return new Line(
          card.id(),
          known ? card.run().recipe().recipeName() : null,
          known ? card.run().student() : null,
          known ? card.run().seed() : null,
          card.state() == null ? "SUBMITTED" : card.state().name(),
          card.stage(),
          card.message(),
          card.progress(),
          card.started(),
          card.updated());
    }
  }

  /**
   * A run in full.
   *
   * @param line the run in a line
   * @param messages oldest first
   * @param curves points by stage
   * @param checkpoints its checkpoints
   * @param evaluations its evaluations
   */
  public record Detail(
      Line line,
      List<Message> messages,
      Map<String, List<Progress>> curves,
      List<Checkpoint> checkpoints,
      List<Evaluation> evaluations) {}

  @GET
  public List<Line> runs() {
    return state.runs().cards().stream().map(Line::of).toList();
  }

  @GET
  @Path("{run}")
  public Detail run(@jakarta.ws.rs.PathParam("run") String run) {
    Story story =
        state
            .runs()
            .story(run)
            .orElseThrow(() -> new NotFoundException("run: no such run is known"));
    List<Evaluation> evaluations =
        state.evaluations().all().stream().filter(e -> e.run().equals(run)).toList();
    return new Detail(
        Line.of(story.card()), story.messages(), story.curves(), story.checkpoints(), evaluations);
  }
}
