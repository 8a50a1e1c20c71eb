package dev.edit.student.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checked header of a safetensors file: where each tensor stands. The tensors fill the data
 * without gaps and without overlap, as the format demands; anything else is refused, naming file
 * and tensor.
 *
 * @param entries tensors by name
 */
record SafetensorsHeader(Map<String, Entry> entries) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final long LONGEST = 100_000_000;

  /**
   * A tensor's place.
   *
   * @param position of its first byte in the file
   * @param end of its last byte in the file, exclusive
   */
  record Entry(Dtype dtype, List<Integer> shape, long position, long end) {}

  /** Reads the header of {@code file}. */
  static SafetensorsHeader read(FileChannel in, Path file) throws IOException {
    long size = in.size();
    long length = bytes(in, 0, 8, file).getLong(0);
    if (length < 2 || length > LONGEST || 8 + length > size) {
      throw broken(file, "header length is " + length + " in a file of " + size + " bytes");
    }
    JsonNode root = json(bytes(in, 8, (int) length, file).array(), file);
    Map<String, Entry> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        String place = file + ": tensor " + field.getKey() + ": ";
        entries.put(field.getKey(), entry(field.getValue(), 8 + length, size, place));
      }
    }
    refuseGapsAndOverlaps(entries, 8 + length, size, file);
    return new SafetensorsHeader(entries);
  }

  private static JsonNode json(byte[] bytes, Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": safetensors header is not a JSON object: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw broken(file, "safetensors header is not a JSON object but " + root.getNodeType());
    }
    return root;
  }

  private static Entry entry(JsonNode node, long dataStart, long size, String place) {
    if (!node.path("shape").isArray() || node.path("data_offsets").size() != 2) {
      throw new IllegalArgumentException(
          place + "expected dtype, shape and two data_offsets, found " + node);
    }
    String dtype = node.path("dtype").asText("missing");
    Dtype type =
        Dtype.of(dtype)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        place + "dtype is " + dtype + ", expected F32, F16 or BF16"));
    List<Integer> shape = new ArrayList<>();
    for (JsonNode axis : node.get("shape")) {
      if (!axis.isIntegralNumber() || !axis.canConvertToInt() || axis.intValue() < 0) {
        throw new IllegalArgumentException(
            place + "shape is " + node.get("shape") + ", expected integers from 0 on");
      }
      shape.add(axis.intValue());
    }
    long begin = offset(node.get("data_offsets").get(0), place);
    long end = offset(node.get("data_offsets").get(1), place);
    long expected;
    try {
      expected = Math.multiplyExact((long) type.bytes(), TensorData.elements(shape));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(place + "shape " + shape + " is too large", e);
    }
    if (end - begin != expected || end > size - dataStart) {
      throw new IllegalArgumentException(
          "%sshape %s needs %d bytes, but data_offsets are [%d, %d] of %d bytes of data"
              .formatted(place, shape, expected, begin, end, size - dataStart));
    }
    return new Entry(type, shape, dataStart + begin, dataStart + end);
  }

  private static long offset(JsonNode node, String place) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new IllegalArgumentException(
          place + "data_offsets hold " + node + ", expected integers from 0 on");
    }
    return node.longValue();
  }

  private static void refuseGapsAndOverlaps(
      Map<String, Entry> entries, long dataStart, long size, Path file) {
    List<Map.Entry<String, Entry>> byPosition = new ArrayList<>(entries.entrySet());
    byPosition.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().position())
            .thenComparingLong(e -> e.getValue().end()));
    long next = dataStart;
    for (Map.Entry<String, Entry> entry : byPosition) {
      long position = entry.getValue().position();
      if (position != next) {
        throw broken(
            file,
            "tensor %s: data_offsets begin at %d, which %s; expected %d"
                .formatted(
                    entry.getKey(),
                    position - dataStart,
                    position < next ? "overlaps the tensor before it" : "leaves a gap",
                    next - dataStart));
      }
      next = entry.getValue().end();
    }
    if (next != size) {
      throw broken(
          file, "the tensors end at byte " + next + ", but the file has " + size + " bytes");
    }
  }

  private static ByteBuffer bytes(FileChannel in, long position, int count, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (in.read(buffer, position + buffer.position()) < 0) {
        throw broken(
            file, "ends at byte " + in.size() + ", expected at least " + (position + count));
      }
    }
    return buffer.flip();
  }

  private static IllegalArgumentException broken(Path file, String what) {
    return new IllegalArgumentException(file + ": " + what);
  }
}
