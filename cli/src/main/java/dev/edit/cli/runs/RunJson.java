package dev.edit.cli.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import java.util.Collection;

/** Runs for machines. */
public final class RunJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunJson() {}

  /** {@code {"runs": [...]}}. */
  public static ObjectNode of(Collection<RunStory> stories) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode runs = root.putArray("runs");
    stories.forEach(story -> runs.add(node(story)));
    return root;
  }

  /** One run. */
  public static ObjectNode of(RunStory story) {
    return node(story);
  }

  private static ObjectNode node(RunStory story) {
    ObjectNode node = JSON.createObjectNode().put("run", story.id());
    story.run().ifPresent(run -> node.put("recipe", run.recipe().recipeName()));
    story.run().ifPresent(run -> node.put("seed", run.seed()));
    story.run().ifPresent(run -> node.put("epoch", run.epoch()));
    story.run().ifPresent(run -> node.put("cancelled", run.wantsCancel()));
    node.put("attempt", story.attempt());
    node.put("state", story.state().map(Enum::name).orElse(null));
    node.put("message", story.message().orElse(null));
    node.put("since", story.since().map(Object::toString).orElse(null));
    ArrayNode stages = node.putArray("stages");
    story.progress().forEach(event -> stages.add(node(event)));
    ArrayNode checkpoints = node.putArray("checkpoints");
    for (Checkpoint checkpoint : story.checkpoints()) {
      checkpoints
          .addObject()
          .put("stage", checkpoint.stage())
          .put("step", checkpoint.step())
          .put("uri", checkpoint.uri())
          .put("sha256", checkpoint.sha256());
    }
    ArrayNode evaluations = node.putArray("evaluations");
    for (Evaluation evaluation : story.evaluations()) {
      evaluations
          .addObject()
          .put("benchmark", evaluation.label())
          .put("accuracy", evaluation.overall().accuracy())
          .put("stderr", evaluation.overall().stderr())
          .put("n", evaluation.overall().n());
    }
    return node;
  }

  private static ObjectNode node(RunEvent event) {
    Progress progress = event.progress();
    return JSON.createObjectNode()
        .put("stage", event.stage())
        .put("step", progress.step())
        .put("steps", progress.steps())
        .put("loss", progress.loss())
        .put("tokensPerSecond", progress.tokensPerSecond())
        .put("etaSeconds", progress.etaSeconds());
  }
}
