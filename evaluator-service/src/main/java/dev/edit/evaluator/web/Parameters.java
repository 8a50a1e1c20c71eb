package dev.edit.evaluator.web;

import jakarta.ws.rs.BadRequestException;

/** Query parameters, checked; the error names the parameter, its value and what was expected. */
final class Parameters {
  private Parameters() {}

  static String required(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new BadRequestException(name + ": expected a value, got none");
    }
    return value;
  }

  static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BadRequestException(
          "%s: expected %d to %d, got %d".formatted(name, least, most, value));
    }
    return value;
  }

  /** Null for an absent or empty parameter, as an unset field of a form sends it. */
  static String optional(String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
