package dev.edit.prompts;

import dev.edit.contracts.Require;
import java.util.List;

/**
 * What a prompt pack holds for one task.
 *
 * @param description what the task asks for
 * @param examples worked questions, in the order in which a prompt shows them
 * @param seeds pairs for the contrastive prompt while the teacher's own are too few; may be empty
 */
public record TaskPrompts(String description, List<Example> examples, List<Exemplar> seeds) {
  public TaskPrompts {
    Require.text("description", description);
    examples = List.copyOf(examples);
    seeds = List.copyOf(seeds);
  }
}
