package dev.edit.generator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.client.Dialect.Reasoning;
import dev.edit.generator.client.Dialect.Style;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import java.nio.charset.StandardCharsets;

/**
 * Reads the replies of the OpenAI API. Only a completion that came to its own end is an answer; all
 * others say why they are none.
 */
final class ReplyReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 200;

  /** A chain of thought takes some thousand characters; two of this still fit into one record. */
  private static final int LONGEST_TEXT = 100_000;

  private final String model;
  private final Dialect dialect;

  ReplyReader(String model, Dialect dialect) {
    this.model = model;
    this.dialect = dialect;
  }

  /** Reads the body of a reply of status 200. */
  Reply read(byte[] body) {
    JsonNode tree;
    try {
      tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return malformed("not JSON: " + e.getOriginalMessage());
    }
    JsonNode choice = tree.path("choices").path(0);
    if (dialect.style() == Style.CHAT && !choice.path("message").isObject()) {
      return malformed("expected choices[0].message in " + shorten(tree.toString()));
    }
    if (dialect.style() == Style.COMPLETION && !choice.path("text").isTextual()) {
      return malformed("expected choices[0].text in " + shorten(tree.toString()));
    }
    return read(choice, usage(tree));
  }

  private Reply read(JsonNode choice, TeacherUsage usage) {
    String finish = choice.path("finish_reason").asText("");
    if (finish.equals("length") || finish.equals("max_tokens")) {
      return new Reply.Unusable(Flaw.TRUNCATED, "the completion met the token limit", usage);
    }
    if (finish.equals("content_filter")) {
      return new Reply.Unusable(Flaw.FILTERED, "the endpoint's content filter cut in", usage);
    }
    JsonNode message = choice.path("message");
    if (message.path("refusal").isTextual() && !message.path("content").isTextual()) {
      return new Reply.Unusable(Flaw.FILTERED, "the model refused to answer", usage);
    }
    Thought thought = Thought.split(content(choice), reasoning(message));
    if (thought.content().isBlank()) {
      String told = thought.reasoning().isBlank() ? "no text" : "reasoning only, and no answer";
      return new Reply.Unusable(Flaw.EMPTY, "the completion has " + told, usage);
    }
    String text = dialect.reasoning() == Reasoning.INCLUDE ? thought.joined() : thought.content();
    return text.length() > LONGEST_TEXT
        ? new Reply.Unusable(
            Flaw.OVERSIZE,
            "the text has " + text.length() + " characters, more than " + LONGEST_TEXT,
            usage)
        : new Reply.Answered(text, usage);
  }

  private String content(JsonNode choice) {
    return dialect.style() == Style.CHAT
        ? choice.path("message").path("content").asText("")
        : choice.path("text").textValue();
  }

  private static String reasoning(JsonNode message) {
    JsonNode usual = message.path("reasoning_content");
    return usual.isTextual() ? usual.textValue() : message.path("reasoning").asText("");
  }

  /** What was thought, and what was said. */
  private record Thought(String reasoning, String content) {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    /** A block that is never closed is all reasoning. */
    static Thought split(String content, String reasoning) {
      String text = content.stripLeading();
      if (!text.startsWith(OPEN)) {
        return new Thought(reasoning, content);
      }
      int close = text.indexOf(CLOSE);
      return close < 0
          ? new Thought(text.substring(OPEN.length()), "")
          : new Thought(
              text.substring(OPEN.length(), close),
              text.substring(close + CLOSE.length()).stripLeading());
    }

    String joined() {
      return reasoning.isBlank() ? content : reasoning.strip() + "\n" + content;
    }
  }

  /** Whether an error body says that a content filter refused the prompt (Azure style). */
  boolean isFiltered(byte[] body) {
    try {
      JsonNode error = JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("error");
      return error.path("code").asText("").equals("content_filter");
    } catch (JsonProcessingException e) {
      return false;
    }
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
