package dev.edit.contracts.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.codec.UnreadableRecordException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A record type's JSON form: the record's fields and {@code schemaVersion}.
 *
 * <p>Reading ignores unknown fields, so that an older reader lives beside a newer writer, and
 * refuses unknown versions. Writing is canonical: equal records give equal bytes. Thread-safe.
 *
 * @param <T> the record type
 */
public final class RecordCodec<T extends EventRecord> {
  /** The version written, and the only one read so far. */
  public static final int SCHEMA_VERSION = 1;

  private static final String VERSION_FIELD = "schemaVersion";
  private static final byte[] VERSION_HEAD =
      ("{\"" + VERSION_FIELD + "\":" + SCHEMA_VERSION + ",").getBytes(StandardCharsets.UTF_8);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(int[].class, new IntArrayWriter()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private final Class<T> type;
  private final ObjectReader reader;

  private RecordCodec(Class<T> type) {
    this.type = type;
    this.reader = MAPPER.readerFor(type);
  }

  /** The codec of a record type. */
  public static <T extends EventRecord> RecordCodec<T> of(Class<T> type) {
    return new RecordCodec<>(type);
  }

  /** The record as UTF-8 JSON; half a surrogate pair becomes a question mark. */
  public byte[] encode(T value) {
    byte[] fields = fields(value);
    // Every record has a field: what follows its opening brace follows the version too.
    byte[] json = Arrays.copyOf(VERSION_HEAD, VERSION_HEAD.length + fields.length - 1);
    System.arraycopy(fields, 1, json, VERSION_HEAD.length, fields.length - 1);
    return json;
  }

  private byte[] fields(T value) {
    try {
      // By way of a string: Jackson's bytes garble half a surrogate pair.
      return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for a " + type.getSimpleName(), e);
    }
  }

  /**
   * The record of some UTF-8 JSON.
   *
   * @throws UnreadableRecordException where the bytes are no JSON object, name an unknown version,
   *     or hold an invalid field
   */
  public T decode(byte[] json) {
    return decode(json, reader);
  }

  /**
   * As {@link #decode}, but an unknown field is an invalid one: for what people write, where it is
   * most likely misspelt.
   */
  public T decodeKnown(byte[] json) {
    return decode(json, reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
  }

  private T decode(byte[] json, ObjectReader fields) {
    JsonNode tree = parse(json);
    JsonNode version = tree.get(VERSION_FIELD);
    if (version == null || !version.isInt() || version.intValue() != SCHEMA_VERSION) {
      throw new UnreadableRecordException(
          Reason.UNSUPPORTED_VERSION,
          "field '%s': expected %d, but was %s".formatted(VERSION_FIELD, SCHEMA_VERSION, version),
          null);
    }
    try {
      return fields.readValue(((ObjectNode) tree).<JsonNode>without(VERSION_FIELD));
    } catch (UnrecognizedPropertyException e) {
      throw new UnreadableRecordException(Reason.INVALID_FIELD, unknown(e), e);
    } catch (JsonMappingException e) {
      throw new UnreadableRecordException(Reason.INVALID_FIELD, describe(e), e);
    } catch (IOException e) {
      throw new UnreadableRecordException(Reason.NOT_JSON, e.getMessage(), e);
    }
  }

  private static String unknown(UnrecognizedPropertyException e) {
    String known =
        e.getKnownPropertyIds().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    return "field '%s': unknown, expected one of %s".formatted(path(e), known);
  }

  private JsonNode parse(byte[] json) {
    if (json == null) {
      throw new UnreadableRecordException(
          Reason.NOT_JSON, "expected a JSON object, but the value is null", null);
    }
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree == null || !tree.isObject()) {
        throw new UnreadableRecordException(
            Reason.NOT_JSON,
            "expected a JSON object, but was " + (tree == null ? "nothing" : tree.getNodeType()),
            null);
      }
      return tree;
    } catch (IOException e) {
      String detail =
          e instanceof JsonProcessingException p ? p.getOriginalMessage() : e.getMessage();
      throw new UnreadableRecordException(Reason.NOT_JSON, "not JSON: " + detail, e);
    }
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      path.append(path.isEmpty() ? "" : ".")
          .append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName());
    }
    return path.toString();
  }

  private static String describe(JsonMappingException e) {
    String path = path(e);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidRecordException invalid) {
        return path.isEmpty() ? invalid.getMessage() : "in '" + path + "': " + invalid.getMessage();
      }
    }
    return "field '" + path + "': " + e.getOriginalMessage();
  }
}
