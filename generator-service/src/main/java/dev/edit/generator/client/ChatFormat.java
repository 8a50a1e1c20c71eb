package dev.edit.generator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import java.nio.charset.StandardCharsets;

/** The OpenAI chat completions format. {@code reasoning_content} and other extras are ignored. */
final class ChatFormat {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 200;

  private final String model;

  ChatFormat(String model) {
    this.model = model;
  }

  byte[] request(ChatRequest request) {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    ArrayNode messages = body.putArray("messages");
    for (ChatMessage message : request.messages()) {
      messages.addObject().put("role", message.role().wireName()).put("content", message.content());
    }
    body.put("temperature", request.sampling().temperature())
        .put("top_p", request.sampling().topP())
        .put("max_tokens", request.sampling().maxTokens())
        .put("n", 1);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the body of a reply of status 200. */
  Reply reply(byte[] body) {
    JsonNode tree;
    try {
      tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return malformed("not JSON: " + e.getOriginalMessage());
    }
    JsonNode choice = tree.path("choices").path(0);
    if (!choice.path("message").isObject()) {
      return malformed("expected choices[0].message in " + shorten(tree.toString()));
    }
    TeacherUsage usage = usage(tree);
    String finish = choice.path("finish_reason").asText("");
    if (finish.equals("length")) {
      return new Reply.Unusable(Flaw.TRUNCATED, "the completion met the token limit", usage);
    }
    if (finish.equals("content_filter")) {
      return new Reply.Unusable(Flaw.FILTERED, "the endpoint's content filter cut in", usage);
    }
    JsonNode content = choice.path("message").path("content");
    if (!content.isTextual() || content.textValue().isBlank()) {
      return new Reply.Unusable(Flaw.EMPTY, "the completion has no text", usage);
    }
    return new Reply.Answered(content.textValue(), usage);
  }

  /** The message of an error body, or the body's beginning. */
  String error(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode message = JSON.readTree(text).path("error").path("message");
      return message.isTextual() ? shorten(message.textValue()) : shorten(text);
    } catch (JsonProcessingException e) {
      return shorten(text);
    }
  }

  /** No usage: the endpoint reported none. */
  TeacherUsage unknownUsage() {
    return new TeacherUsage(model, 0, 0);
  }

  private Reply malformed(String message) {
    return new Reply.Unusable(Flaw.MALFORMED, message, unknownUsage());
  }

  private TeacherUsage usage(JsonNode tree) {
    JsonNode usage = tree.path("usage");
    String reported = tree.path("model").asText("");
    return new TeacherUsage(
        reported.isBlank() ? model : reported,
        Math.max(0, usage.path("prompt_tokens").asLong(0)),
        Math.max(0, usage.path("completion_tokens").asLong(0)));
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
