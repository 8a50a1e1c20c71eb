package dev.edit.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.openai.Reply.Answer;
import dev.edit.openai.Reply.Finish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The API's JSON. */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 200;

  private Wire() {}

  static String resource(Prompt prompt) {
    return prompt instanceof Prompt.Chat ? "/chat/completions" : "/completions";
  }

  static byte[] request(String model, Prompt prompt, Sampling sampling) {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    if (prompt instanceof Prompt.Chat chat) {
      ArrayNode messages = body.putArray("messages");
      chat.messages()
          .forEach(m -> messages.addObject().put("role", m.role()).put("content", m.content()));
    } else if (prompt instanceof Prompt.Text text) {
      body.put("prompt", text.prompt());
    }
    body.put("max_tokens", sampling.maxTokens())
        .put("temperature", sampling.temperature())
        .put("top_p", sampling.topP())
        .put("n", sampling.samples());
    sampling.seed().ifPresent(seed -> body.put("seed", seed));
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the body of a reply of status 200. */
  static Reply reply(byte[] body, Prompt prompt, Sampling sampling) {
    JsonNode tree;
    try {
      tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return new Reply.Malformed("expected JSON: " + e.getOriginalMessage());
    }
    JsonNode choices = tree.path("choices");
    if (choices.size() != sampling.samples()) {
      return new Reply.Malformed(
          "expected %d choices, got %d in %s"
              .formatted(sampling.samples(), choices.size(), shorten(tree.toString())));
    }
    List<Answer> answers = new ArrayList<>();
    for (JsonNode choice : choices) {
      Answer answer = prompt instanceof Prompt.Chat ? message(choice) : text(choice);
      if (answer == null) {
        return new Reply.Malformed("expected a text in the choice " + shorten(choice.toString()));
      }
      answers.add(answer);
    }
    JsonNode usage = tree.path("usage");
    return new Reply.Answers(
        answers,
        Math.max(0, usage.path("prompt_tokens").asLong()),
        Math.max(0, usage.path("completion_tokens").asLong()));
  }

  private static Answer text(JsonNode choice) {
    JsonNode text = choice.path("text");
    return text.isTextual() ? new Answer(text.textValue(), finish(choice)) : null;
  }

  private static Answer message(JsonNode choice) {
    JsonNode content = choice.path("message").path("content");
    if (content.isTextual()) {
      return new Answer(content.textValue(), finish(choice));
    }
    JsonNode refusal = choice.path("message").path("refusal");
    if (refusal.isTextual()) {
      return new Answer(refusal.textValue(), Finish.REFUSED);
    }
    Finish finish = finish(choice);
    // A filtered or cut reply may be without any text.
    return finish == Finish.STOP ? null : new Answer("", finish);
  }

  private static Finish finish(JsonNode choice) {
    return switch (choice.path("finish_reason").asText("")) {
      case "length", "max_tokens" -> Finish.LENGTH;
      case "content_filter" -> Finish.FILTERED;
      default -> Finish.STOP;
    };
  }

  /** The message of an error's body, or the body's beginning. */
  static String error(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode message = JSON.readTree(text).path("error").path("message");
      return shorten(message.isTextual() ? message.textValue() : text);
    } catch (JsonProcessingException e) {
      return shorten(text);
    }
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
