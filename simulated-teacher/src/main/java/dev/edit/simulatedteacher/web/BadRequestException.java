package dev.edit.simulatedteacher.web;

/** A request that cannot be answered; becomes an OpenAI error body. */
final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String param;
  private final String code;

  BadRequestException(int status, String message, String param, String code) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }

  /** Status 400 for a field with a bad value. */
  static BadRequestException of(String param, String expected, Object value) {
    return new BadRequestException(
        400, param + ": expected " + expected + ", got " + value, param, "invalid_value");
  }

  int status() {
    return status;
  }

  String param() {
    return param;
  }

  String code() {
    return code;
  }
}
