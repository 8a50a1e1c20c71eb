package dev.edit.generator.domain.prompt;

import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.prompts.Example;
import dev.edit.prompts.Exemplar;
import dev.edit.prompts.PromptPackException;
import dev.edit.prompts.PromptSource;
import dev.edit.prompts.TaskPrompts;
import dev.edit.prompts.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The prompts of the method (section 2 and appendix A.6): CEP asks for a chain of thought, AHP for
 * one that ends in the gold answer, CCP for a likely wrong one beside a right one, and the last for
 * what is wrong with a wrong one. The wording lies in template files: {@code templates/cep.txt} and
 * {@code templates/cep-example.txt}, and so on, and {@code templates/mistake.txt}.
 */
public final class PromptBuilder {
  private final Template cep;
  private final Template cepExample;
  private final Template ahp;
  private final Template ahpExample;
  private final Template ccp;
  private final Template ccpExample;
  private final Template mistake;

  /**
   * Reads the templates.
   *
   * @param own templates that replace the built-in ones where they exist
   * @param builtIn all seven
   * @throws PromptPackException where a template is missing or names an unknown place
   */
  public PromptBuilder(PromptSource own, PromptSource builtIn) {
    cep = read(own, builtIn, "cep", Set.of("description", "examples", "question"));
    cepExample = read(own, builtIn, "cep-example", Set.of("question", "rationale"));
    ahp = read(own, builtIn, "ahp", Set.of("description", "examples", "question", "answer"));
    ahpExample = read(own, builtIn, "ahp-example", Set.of("question", "answer", "rationale"));
    ccp = read(own, builtIn, "ccp", Set.of("description", "examples", "question", "right"));
    ccpExample = read(own, builtIn, "ccp-example", Set.of("question", "right", "wrong"));
    mistake = read(own, builtIn, "mistake", Set.of("question", "answer", "wrong"));
  }

  /** Asks for a chain of thought. */
  public List<ChatMessage> cep(TaskPrompts task, String question) {
    return user(
        cep.fill(
            Map.of(
                "description", task.description(),
                "examples", worked(cepExample, task.examples()),
                "question", question)));
  }

  /** Asks for a chain of thought that ends in the gold answer. */
  public List<ChatMessage> ahp(TaskPrompts task, String question, String gold) {
    return user(
        ahp.fill(
            Map.of(
                "description",
                task.description(),
                "examples",
                worked(ahpExample, task.examples()),
                "question",
                question,
                "answer",
                gold)));
  }

  /** Asks for a wrong chain of thought beside a right one. */
  public List<ChatMessage> ccp(
      TaskPrompts task, List<Exemplar> exemplars, String question, String right) {
    return user(
        ccp.fill(
            Map.of(
                "description",
                task.description(),
                "examples",
                joined(
                    exemplars,
                    e ->
                        ccpExample.fill(
                            Map.of(
                                "question", e.question(),
                                "right", e.right(),
                                "wrong", e.wrong()))),
                "question",
                question,
                "right",
                right)));
  }

  /** Asks what is wrong with a wrong chain of thought. */
  public List<ChatMessage> mistake(String question, String gold, String wrong) {
    return user(mistake.fill(Map.of("question", question, "answer", gold, "wrong", wrong)));
  }

  private static String worked(Template template, List<Example> examples) {
    return joined(
        examples,
        e ->
            template.fill(
                Map.of(
                    "question", e.question(), "answer", e.answer(), "rationale", e.rationale())));
  }

  private static <T> String joined(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining("\n\n"));
  }

  private static List<ChatMessage> user(String prompt) {
    return List.of(ChatMessage.user(prompt));
  }

  private static Template read(
      PromptSource own, PromptSource builtIn, String name, Set<String> places) {
    String path = "templates/" + name + ".txt";
    String text =
        own.text(path)
            .or(() -> builtIn.text(path))
            .orElseThrow(() -> new PromptPackException(path + ": expected this template"));
    return new Template(path, text.strip(), places, Set.of("question"));
  }
}
