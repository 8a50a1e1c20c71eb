package dev.edit.simulatedteacher.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.families.VocabularyTexts;
import dev.edit.simulatedteacher.domain.ChatRequest;
import java.util.ArrayList;
import java.util.List;

/** Reads and checks the body of a chat completions request; unknown fields are ignored. */
final class ChatRequestReader {

  /** The only model there is. */
  static final String MODEL = "simulated-teacher";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHOICES = 16;

  private ChatRequestReader() {}

  /**
   * Reads a request.
   *
   * @throws BadRequestException naming the field that is wrong
   */
  static ChatRequest read(String body) {
    JsonNode tree = parse(body);
    requireModel(tree.path("model"));
    if (tree.path("stream").asBoolean(false)) {
      throw BadRequestException.of("stream", "false: this simulated teacher does not stream", true);
    }
    String prompt = null;
    int pieces = 0;
    JsonNode messages = tree.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw BadRequestException.of("messages", "an array with at least one message", messages);
    }
    for (JsonNode message : messages) {
      String content = content(message.path("content"));
      pieces += VocabularyTexts.pieces(content).size();
      if (message.path("role").asText("").equals("user")) {
        prompt = content;
      }
    }
    if (prompt == null) {
      throw BadRequestException.of("messages", "a message of role user", "none");
    }
    JsonNode limit =
        tree.hasNonNull("max_completion_tokens")
            ? tree.path("max_completion_tokens")
            : tree.path("max_tokens");
    return new ChatRequest(
        prompt,
        pieces,
        temperature(tree.path("temperature")),
        tree.hasNonNull("seed") ? tree.path("seed").asText() : "",
        integer("n", tree.path("n"), 1, MOST_CHOICES),
        integer("max_tokens", limit, Integer.MAX_VALUE, Integer.MAX_VALUE),
        stops(tree.path("stop")));
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode tree = JSON.readTree(body == null ? "" : body);
      if (!tree.isObject()) {
        throw BadRequestException.of("body", "a JSON object", tree.getNodeType());
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new BadRequestException(
          400, "body: expected JSON: " + e.getOriginalMessage(), null, "invalid_json");
    }
  }

  private static void requireModel(JsonNode model) {
    if (!model.isTextual()) {
      throw BadRequestException.of("model", "\"" + MODEL + "\"", model);
    }
    if (!model.textValue().equals(MODEL)) {
      throw new BadRequestException(
          404,
          "model: expected \"" + MODEL + "\", the only one here, got \"" + model.textValue() + "\"",
          "model",
          "model_not_found");
    }
  }

  /** A text, or an array of parts of type text. */
  private static String content(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      throw BadRequestException.of("messages.content", "a text or an array of parts", content);
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("type").asText("").equals("text") || !part.path("text").isTextual()) {
        throw BadRequestException.of("messages.content", "parts of type text only", part);
      }
      text.append(part.path("text").textValue());
    }
    return text.toString();
  }

  private static double temperature(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return 1;
    }
    if (!node.isNumber() || !(node.doubleValue() >= 0 && node.doubleValue() <= 2)) {
      throw BadRequestException.of("temperature", "a number from 0 to 2", node);
    }
    return node.doubleValue();
  }

  private static int integer(String field, JsonNode node, int missing, int most) {
    if (node.isMissingNode() || node.isNull()) {
      return missing;
    }
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw BadRequestException.of(field, "a whole number", node);
    }
    if (node.intValue() < 1 || node.intValue() > most) {
      throw BadRequestException.of(field, "1 to " + most, node);
    }
    return node.intValue();
  }

  private static List<String> stops(JsonNode node) {
    List<String> stops = new ArrayList<>();
    if (node.isTextual()) {
      stops.add(node.textValue());
    } else if (node.isArray()) {
      node.forEach(stop -> stops.add(stop.asText()));
    } else if (!node.isMissingNode() && !node.isNull()) {
      throw BadRequestException.of("stop", "a text or an array of texts", node);
    }
    stops.removeIf(String::isEmpty);
    return stops;
  }
}
