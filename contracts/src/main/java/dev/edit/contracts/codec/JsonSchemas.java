package dev.edit.contracts.codec;

import dev.edit.contracts.EventRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The JSON Schemas (draft 2020-12) of the records, for users who write or read the topics from
 * other languages.
 */
public final class JsonSchemas {
  private JsonSchemas() {}

  /** The schema of a record type at {@link RecordCodec#SCHEMA_VERSION}, as JSON text. */
  public static String of(Class<? extends EventRecord> type) {
    String path =
        "/schemas/%s.v%d.schema.json".formatted(fileName(type), RecordCodec.SCHEMA_VERSION);
    try (InputStream in = JsonSchemas.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no JSON Schema for " + type.getName() + " at " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code DualCot} is kept as {@code dual-cot}. */
  static String fileName(Class<? extends EventRecord> type) {
    return type.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
