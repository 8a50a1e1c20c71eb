package dev.edit.student.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * float32 tensors in the safetensors format: 8 bytes of header length, a JSON header, then the
 * values, little-endian.
 *
 * <p>The same tensors give the same bytes: tensors stand in the order of their names, the header is
 * padded with spaces to a multiple of 8 and says {@code {"__metadata__": {"format": "pt"}}}, which
 * Hugging Face's loaders ask for.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  /** Takes the bytes of a file in order. */
  private interface Sink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  private Safetensors() {}

  /**
   * Writes {@code tensors} to {@code file}, whole or not at all, and returns the SHA-256 of its
   * bytes in hexadecimal.
   */
  public static String write(Path file, Map<String, TensorData> tensors) throws IOException {
    MessageDigest digest = sha256Digest();
    WholeFile.write(
        file,
        out ->
            stream(
                tensors,
                bytes -> {
                  digest.update(bytes.duplicate());
                  while (bytes.hasRemaining()) {
                    out.write(bytes);
                  }
                }));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256, in hexadecimal, of the file that {@link #write} would make of {@code tensors}. */
  public static String sha256(Map<String, TensorData> tensors) {
    MessageDigest digest = sha256Digest();
    try {
      stream(tensors, digest::update);
    } catch (IOException e) {
      throw new IllegalStateException("hashing in memory failed", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads every tensor of {@code file}, in the order of the names.
   *
   * @throws IllegalArgumentException when the file is not a sound safetensors file or a tensor is
   *     not F32; names the file and the tensor
   */
  public static Map<String, TensorData> read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer prefix = bytes(in, 0, 8, file);
      long headerLength = prefix.getLong(0);
      if (headerLength < 2 || headerLength > LONGEST_HEADER || 8 + headerLength > in.size()) {
        throw broken(
            file, "header length is " + headerLength + " in a file of " + in.size() + " bytes");
      }
      ByteBuffer header = bytes(in, 8, (int) headerLength, file);
      Map<String, JsonNode> entries =
          header(file, StandardCharsets.UTF_8.decode(header).toString());
      Map<String, TensorData> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : new TreeMap<>(entries).entrySet()) {
        tensors.put(
            entry.getKey(), tensor(in, 8 + headerLength, entry.getKey(), entry.getValue(), file));
      }
      return tensors;
    }
  }

  private static void stream(Map<String, TensorData> tensors, Sink sink) throws IOException {
    Map<String, TensorData> sorted = new TreeMap<>(tensors);
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, TensorData> entry : sorted.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
      entry.getValue().shape().forEach(node.putArray("shape")::add);
      long end = offset + 4L * entry.getValue().values().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    sink.accept(head.flip());
    ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (TensorData tensor : sorted.values()) {
      float[] values = tensor.values();
      for (int from = 0; from < values.length; from += CHUNK) {
        int count = Math.min(CHUNK, values.length - from);
        chunk.clear().asFloatBuffer().put(values, from, count);
        sink.accept(chunk.position(0).limit(4 * count));
      }
    }
  }

  private static Map<String, JsonNode> header(Path file, String json) {
    Map<String, JsonNode> entries;
    try {
      entries = JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": safetensors header is not a JSON object: " + e.getOriginalMessage(), e);
    }
    entries.remove("__metadata__");
    return entries;
  }

  private static TensorData tensor(
      FileChannel in, long dataStart, String name, JsonNode entry, Path file) throws IOException {
    String dtype = entry.path("dtype").asText("missing");
    if (!dtype.equals("F32")) {
      throw broken(file, "tensor " + name + ": dtype is " + dtype + ", expected F32");
    }
    if (!entry.path("shape").isArray() || entry.path("data_offsets").size() != 2) {
      throw broken(
          file, "tensor " + name + ": expected shape and two data_offsets, found " + entry);
    }
    List<Integer> shape;
    try {
      shape = JSON.convertValue(entry.get("shape"), new TypeReference<List<Integer>>() {});
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ": tensor " + name + ": shape is " + entry.get("shape") + ", expected integers",
          e);
    }
    long begin = entry.get("data_offsets").path(0).asLong(-1);
    long end = entry.get("data_offsets").path(1).asLong(-1);
    long expected = 4 * TensorData.elements(shape);
    if (begin < 0 || end - begin != expected || dataStart + end > in.size()) {
      throw broken(
          file,
          "tensor %s: shape %s needs %d bytes, but data_offsets are [%d, %d] of %d bytes of data"
              .formatted(name, shape, expected, begin, end, in.size() - dataStart));
    }
    float[] values = new float[Math.toIntExact(expected / 4)];
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes(in, dataStart + begin + 4L * from, 4 * count, file)
          .asFloatBuffer()
          .get(values, from, count);
    }
    return new TensorData(shape, values);
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

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
