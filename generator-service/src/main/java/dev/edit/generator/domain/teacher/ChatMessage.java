package dev.edit.generator.domain.teacher;

import java.util.Locale;
import java.util.Objects;

/** One turn of a chat. */
public record ChatMessage(Role role, String content) {
  public ChatMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(content, "content");
  }

  /** A user's turn. */
  public static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    /** The name in the OpenAI chat format. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
