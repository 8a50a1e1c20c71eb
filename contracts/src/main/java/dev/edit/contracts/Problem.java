package dev.edit.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A question with its gold answer.
 *
 * @param id unique; the key of every record that descends from this problem
 * @param task the task or family it belongs to, such as {@code navigate}
 * @param question the question as a teacher and a student read it
 * @param answer the gold answer, graded by exact match
 * @param split train problems go to the generator, test problems to the evaluator
 * @param domain whether the student's training covers problems of this kind
 * @param source the data set it comes from, such as {@code bbh}; test problems of one source make
 *     one benchmark
 * @param canary the data set's canary line, carried along; null where it has none
 */
public record Problem(
    String id,
    String task,
    String question,
    String answer,
    Split split,
    Domain domain,
    String source,
    String canary)
    implements EventRecord {

  public Problem {
    Require.id("id", id);
    Require.name("task", task);
    Require.text("question", question);
    Require.text("answer", answer);
    Require.present("split", split);
    Require.present("domain", domain);
    Require.name("source", source);
  }

  @Override
  public String key() {
    return id;
  }

  /** Train or test; nothing of the test split is ever trained on. */
  public enum Split {
    @JsonProperty("train")
    TRAIN,
    @JsonProperty("test")
    TEST
  }

  /** In-domain or out-of-domain. */
  public enum Domain {
    @JsonProperty("in")
    IN,
    @JsonProperty("out")
    OUT
  }
}
