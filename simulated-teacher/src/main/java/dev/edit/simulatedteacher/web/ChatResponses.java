package dev.edit.simulatedteacher.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The bodies of the OpenAI chat completions API. */
final class ChatResponses {
  private ChatResponses() {}

  record Message(String role, String content) {}

  record Choice(int index, Message message, @JsonProperty("finish_reason") String finishReason) {}

  record Usage(
      @JsonProperty("prompt_tokens") int promptTokens,
      @JsonProperty("completion_tokens") int completionTokens,
      @JsonProperty("total_tokens") int totalTokens) {}

  record ChatCompletion(
      String id,
      String object,
      long created,
      String model,
      @JsonProperty("system_fingerprint") String systemFingerprint,
      List<Choice> choices,
      Usage usage) {}

  record Model(String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {}

  record ModelList(String object, List<Model> data) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ErrorDetail(String message, String type, String param, String code) {}

  record ErrorBody(ErrorDetail error) {}
}
