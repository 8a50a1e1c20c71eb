package dev.edit.generator.client;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a teacher is reached. Its text form leaves the key out.
 *
 * @param url the API's base URL such as {@code http://host/v1}; a query is kept (Azure style)
 * @param model the model's name there
 * @param apiKey sent as a bearer token; absent where the endpoint asks for none
 * @param timeout the longest a call may take
 */
public record Endpoint(URI url, String model, Optional<String> apiKey, Duration timeout) {
  public Endpoint {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new InvalidRecordException(
          "edit.generator.teacher.url", url, "an http or https URL such as http://host/v1");
    }
    Require.text("edit.generator.teacher.model", model);
  }

  /** The chat completions resource. */
  URI chatCompletions() {
    String base = url.toString();
    int query = base.indexOf('?');
    String path = (query < 0 ? base : base.substring(0, query)).replaceAll("/+$", "");
    return URI.create(path + "/chat/completions" + (query < 0 ? "" : base.substring(query)));
  }

  /** A text in which the key does not occur. */
  String redact(String text) {
    return apiKey.filter(key -> !key.isEmpty()).map(key -> text.replace(key, "***")).orElse(text);
  }

  @Override
  public String toString() {
    return "Endpoint[url=" + url + ", model=" + model + "]";
  }
}
