package dev.edit.generator.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.generator.client.Dialect.Style;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Puts requests into the OpenAI API's forms. */
final class RequestWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String model;
  private final Dialect dialect;

  RequestWriter(String model, Dialect dialect) {
    this.model = model;
    this.dialect = dialect;
  }

  byte[] write(ChatRequest request) {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    if (dialect.style() == Style.CHAT) {
      ArrayNode messages = body.putArray("messages");
      for (ChatMessage message : request.messages()) {
        messages
            .addObject()
            .put("role", message.role().wireName())
            .put("content", message.content());
      }
    } else {
      body.put("prompt", plain(request));
    }
    body.put("temperature", request.sampling().temperature())
        .put("top_p", request.sampling().topP())
        .put(dialect.maxTokensField().wireName(), request.sampling().maxTokens())
        .put("n", 1);
    if (!dialect.stop().isEmpty()) {
      dialect.stop().forEach(body.putArray("stop")::add);
    }
    dialect.seed().ifPresent(seed -> body.put("seed", seed + request.attempt() - 1));
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String plain(ChatRequest request) {
    return request.messages().stream()
        .map(ChatMessage::content)
        .collect(Collectors.joining("\n\n"));
  }
}
