package dev.edit.evaluator.web;

import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.domain.console.RunComparison;
import dev.edit.evaluator.domain.console.RunComparison.Difference;
import dev.edit.evaluator.domain.console.RunComparison.Table;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Runs against each other. */
@Path("/api/comparison")
public class ComparisonResource {
  private final ConsoleState state;

  public ComparisonResource(ConsoleState state) {
    this.state = state;
  }

  @GET
  public Table table() {
    return RunComparison.table(state.evaluations().all());
  }

  /** What may be said of two runs, benchmark by benchmark. */
  @GET
  @Path("differences")
  public List<Difference> differences(
      @QueryParam("first") String first, @QueryParam("second") String second) {
    Parameters.required("first", first);
    Parameters.required("second", second);
    return RunComparison.differences(state.evaluations().all(), first, second);
  }
}
