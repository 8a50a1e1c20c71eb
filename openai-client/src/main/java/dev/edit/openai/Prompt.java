package dev.edit.openai;

import dev.edit.contracts.Require;
import java.util.List;

/** What a model is asked, in one of the API's two forms. */
public sealed interface Prompt {

  /**
   * A text that the model goes on with: {@code /completions}.
   *
   * @param prompt the text, sent as it is
   */
  record Text(String prompt) implements Prompt {
    public Text {
      Require.present("prompt", prompt);
    }
  }

  /**
   * A conversation that the model answers: {@code /chat/completions}.
   *
   * @param messages in their order, at least one
   */
  record Chat(List<Message> messages) implements Prompt {
    public Chat {
      messages = List.copyOf(messages);
      Require.atLeast("messages", messages.size(), 1);
    }

    /** One message of the user's. */
    public static Chat user(String content) {
      return new Chat(List.of(new Message("user", content)));
    }
  }

  /** A message and whose it is: {@code system}, {@code user} or {@code assistant}. */
  record Message(String role, String content) {
    public Message {
      Require.text("role", role);
      Require.present("content", content);
    }
  }
}
