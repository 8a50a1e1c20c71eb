package dev.edit.student.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tensors in the safetensors format: 8 bytes of header length, a JSON header, then the values,
 * little-endian. float32, float16 and bfloat16.
 *
 * <p>The same tensors give the same bytes: tensors stand in the order of their names, the header is
 * padded with spaces to a multiple of 8 and says {@code {"__metadata__": {"format": "pt"}}}, which
 * Hugging Face's loaders ask for.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK_BYTES = 1 << 18;

  /** Takes the bytes of a file in order. */
  private interface Sink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  private Safetensors() {}

  /**
   * Writes {@code tensors} in float32; see {@link #write(Path, Map, Dtype)}.
   *
   * @return SHA-256 of the file's bytes in hexadecimal
   */
  public static String write(Path file, Map<String, TensorData> tensors) throws IOException {
    return write(file, tensors, Dtype.F32);
  }

  /**
   * Writes {@code tensors} to {@code file}, whole or not at all, each value rounded to {@code
   * dtype}. Memory is bounded: mapped tensors go from file to file.
   *
   * @return SHA-256 of the file's bytes in hexadecimal
   * @throws IllegalArgumentException when a finite value would become infinite; names the tensor
   */
  public static String write(Path file, Map<String, TensorData> tensors, Dtype dtype)
      throws IOException {
    MessageDigest digest = sha256Digest();
    WholeFile.write(
        file,
        out ->
            stream(
                tensors,
                dtype,
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
      stream(tensors, Dtype.F32, digest::update);
    } catch (IOException e) {
      throw new IllegalStateException("hashing in memory failed", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Every tensor of {@code file}, in the order of the names, as views: the header is read and
   * checked now, values when they are asked for. The file may be replaced meanwhile (by renaming),
   * but not changed in place.
   *
   * @throws IllegalArgumentException when the file is not a sound safetensors file or a tensor is
   *     not float32, float16 or bfloat16; names the file and the tensor
   */
  public static Map<String, TensorData> read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      SafetensorsHeader header = SafetensorsHeader.read(in, file);
      MappedFile mapped = MappedFile.of(in);
      Map<String, TensorData> tensors = new LinkedHashMap<>();
      header
          .entries()
          .forEach(
              (name, entry) ->
                  tensors.put(
                      name,
                      TensorData.view(entry.shape(), entry.dtype(), mapped, entry.position())));
      return tensors;
    }
  }

  private static void stream(Map<String, TensorData> tensors, Dtype dtype, Sink sink)
      throws IOException {
    Map<String, TensorData> sorted = new TreeMap<>(tensors);
    sink.accept(header(sorted, dtype));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, TensorData> entry : sorted.entrySet()) {
      entry
          .getValue()
          .forEachPart(
              (part, count) -> {
                refuseOverflow(entry.getKey(), part, count, dtype);
                dtype.encode(part, 0, count, chunk.clear());
                sink.accept(chunk.limit(count * dtype.bytes()));
              });
    }
  }

  private static ByteBuffer header(Map<String, TensorData> sorted, Dtype dtype) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, TensorData> entry : sorted.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", dtype.name());
      entry.getValue().shape().forEach(node.putArray("shape")::add);
      long end = offset + dtype.bytes() * entry.getValue().elements();
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
    return head.flip();
  }

  private static void refuseOverflow(String name, float[] part, int count, Dtype dtype) {
    for (int i = 0; i < count; i++) {
      if (dtype.overflows(part[i])) {
        throw new IllegalArgumentException(
            "tensor %s: %s does not fit %s".formatted(name, part[i], dtype.torchName()));
      }
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
