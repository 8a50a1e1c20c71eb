package dev.edit.evaluator.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may change something: whoever shows the token. Without a configured token nobody may, and the
 * console only shows.
 */
public final class ConsoleAccess {
  private static final String SCHEME = "Bearer ";

  private final Optional<String> token;

  /**
   * @param token what a caller must show; empty forbids all changes
   * @throws IllegalArgumentException where it is blank, which would look like a lock and be none
   */
  public ConsoleAccess(Optional<String> token) {
    if (token.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException(
          "edit.evaluator.console.token: expected a token or no such key, got a blank one");
    }
    this.token = token;
  }

  /** Whether anybody may change anything. */
  public boolean writable() {
    return token.isPresent();
  }

  /**
   * Whether the value of an Authorization header shows the token; takes equally long either way.
   */
  public boolean allows(String authorization) {
    if (token.isEmpty() || authorization == null || !authorization.startsWith(SCHEME)) {
      return false;
    }
    byte[] shown = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(shown, token.get().getBytes(StandardCharsets.UTF_8));
  }
}
