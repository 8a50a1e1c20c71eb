package dev.edit.contracts;

/**
 * What a text cost.
 *
 * @param model the model's name as the endpoint reports it
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 */
public record TeacherUsage(String model, long promptTokens, long completionTokens) {
  public TeacherUsage {
    Require.text("model", model);
    Require.atLeast("promptTokens", promptTokens, 0);
    Require.atLeast("completionTokens", completionTokens, 0);
  }
}
