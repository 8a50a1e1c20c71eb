package dev.edit.openai;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where an OpenAI-compatible API is reached. Its text form leaves the key and the headers' values
 * out.
 *
 * @param url the API's base URL such as {@code http://host/v1}; a query is kept (Azure style)
 * @param model the model's name there
 * @param key absent where the endpoint asks for none
 * @param headers sent with every request as well
 * @param timeout the longest a call may take
 */
public record Endpoint(
    URI url, String model, Optional<ApiKey> key, Map<String, String> headers, Duration timeout) {
  /** Shorter header values are no secrets, and replacing them would garble messages. */
  private static final int LEAST_SECRET = 8;

  public Endpoint {
    requireUrl("url", url);
    Require.text("model", model);
    headers = Map.copyOf(headers);
  }

  /**
   * What the endpoint knows the user by.
   *
   * @param header {@code Authorization}, which gets {@code Bearer} before the value, or another,
   *     such as Azure's {@code api-key}, which gets the bare value
   */
  public record ApiKey(String header, String value) {
    private String sent() {
      return header.equalsIgnoreCase("Authorization") ? "Bearer " + value : value;
    }

    @Override
    public String toString() {
      return "ApiKey[header=" + header + "]";
    }
  }

  /**
   * A base URL that can be asked.
   *
   * @param field what it is called where it was written down
   */
  public static URI requireUrl(String field, URI url) {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new InvalidRecordException(field, url, "an http or https URL such as http://host/v1");
    }
    return url;
  }

  /** A resource such as {@code /chat/completions} below the base URL. */
  public URI resource(String name) {
    String base = url.toString();
    int query = base.indexOf('?');
    String path = (query < 0 ? base : base.substring(0, query)).replaceAll("/+$", "");
    return URI.create(path + name + (query < 0 ? "" : base.substring(query)));
  }

  /** Puts the key and the headers on a request. */
  public void authorize(HttpRequest.Builder request) {
    headers.forEach(request::setHeader);
    key.ifPresent(known -> request.setHeader(known.header, known.sent()));
  }

  /** A text in which neither the key nor another header's value occurs. */
  public String redact(String text) {
    String safe =
        key.filter(k -> !k.value.isEmpty()).map(k -> text.replace(k.value, "***")).orElse(text);
    for (String value : headers.values()) {
      if (value.length() >= LEAST_SECRET) {
        safe = safe.replace(value, "***");
      }
    }
    return safe;
  }

  @Override
  public String toString() {
    return "Endpoint[url=" + url + ", model=" + model + "]";
  }
}
