package dev.edit.generator.client;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which of the OpenAI API's forms an endpoint speaks, and what every request asks of it.
 *
 * @param style which resource is used
 * @param maxTokensField under which name the limit is sent
 * @param stop texts that end a completion; at most four are understood by most endpoints
 * @param seed sent with the first attempt; each further one counts it up, as it wants another text
 * @param reasoning what becomes of text that a reasoning model thought before it answered
 */
public record Dialect(
    Style style,
    MaxTokensField maxTokensField,
    List<String> stop,
    OptionalLong seed,
    Reasoning reasoning) {

  public Dialect {
    stop = List.copyOf(stop);
  }

  /** Chat with {@code max_tokens}; reasoning is left out. */
  public static Dialect usual() {
    return new Dialect(
        Style.CHAT,
        MaxTokensField.MAX_TOKENS,
        List.of(),
        OptionalLong.empty(),
        Reasoning.LEAVE_OUT);
  }

  /** Which resource is used. */
  public enum Style {
    /** {@code /chat/completions}, with the prompt as messages. */
    CHAT("/chat/completions"),
    /** {@code /completions}, with the prompt as one text: base models. */
    COMPLETION("/completions");

    private final String resource;

    Style(String resource) {
      this.resource = resource;
    }

    String resource() {
      return resource;
    }
  }

  /** The name of the limit on a completion's tokens. */
  public enum MaxTokensField {
    /** What nearly every endpoint understands. */
    MAX_TOKENS("max_tokens"),
    /** What OpenAI's reasoning models insist on. */
    MAX_COMPLETION_TOKENS("max_completion_tokens");

    private final String wireName;

    MaxTokensField(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /**
   * Text that was thought before the answer: {@code reasoning_content} or {@code reasoning} beside
   * the content, or {@code <think>...</think>} at its beginning.
   */
  public enum Reasoning {
    /** The chain of thought is the content alone. */
    LEAVE_OUT,
    /** The chain of thought is the reasoning, a line break, and the content. */
    INCLUDE
  }
}
