package dev.edit.student.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
  @TempDir private Path folder;

  @Test
  void shouldReadBackEveryBitWhenWritten() throws IOException {
    for (long seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      Map<String, TensorData> tensors = new LinkedHashMap<>();
      for (int i = 0; i < 8; i++) {
        int rows = random.nextInt(5);
        int columns = 1 + random.nextInt(70_000 / 5);
        float[] values = new float[rows * columns];
        for (int j = 0; j < values.length; j++) {
          values[j] = Float.intBitsToFloat(random.nextInt());
        }
        tensors.put(
            "tensor." + random.nextInt(1000) + "." + i,
            new TensorData(List.of(rows, columns), values));
      }
      tensors.put("scalar \"ä\"", new TensorData(List.of(), new float[] {-0f}));
      Path file = folder.resolve(seed + ".safetensors");
      Safetensors.write(file, tensors);
      Map<String, TensorData> read = Safetensors.read(file);
      assertThat(read.keySet()).as("seed %d", seed).isEqualTo(tensors.keySet());
      tensors.forEach(
          (name, tensor) -> {
            assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
            assertThat(bits(read.get(name))).as(name).isEqualTo(bits(tensor));
          });
    }
  }

  private static int[] bits(TensorData tensor) {
    float[] values = tensor.values();
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void shouldGiveTheSameBytesWhateverTheOrderOfTheTensors() throws Exception {
    TensorData one = new TensorData(List.of(2), new float[] {1, 2});
    TensorData two = new TensorData(List.of(1, 1), new float[] {3});
    Map<String, TensorData> reversed = new LinkedHashMap<>();
    reversed.put("b", two);
    reversed.put("a", one);
    Path file = folder.resolve("m.safetensors");
    String sha = Safetensors.write(file, reversed);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(sha)
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo(Safetensors.sha256(Map.of("a", one, "b", two)));
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]}}");
    assertThat(bytes).hasSize(8 + header + 12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"w\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}|tensor w: dtype is I64, expected F32, F16 or BF16",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|the tensors end at byte",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|tensor w: data_offsets begin at 4, which leaves a gap; expected 0",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|tensor w: data_offsets begin at 4, which overlaps the tensor before it; expected 8",
        "{\"w\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[-8,0]}}|tensor w: data_offsets hold -8, expected integers from 0 on",
        "{\"w\":{\"dtype\":\"F16\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}|tensor w: shape [2147483647, 2147483647, 2147483647] is too large",
        "{\"w\":{\"dtype\":\"F16\",\"shape\":[-4],\"data_offsets\":[0,8]}}|tensor w: shape is [-4], expected integers from 0 on",
        "{\"w\":1,\"w\":2}|safetensors header is not a JSON object: Duplicate",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|tensor w: shape [3] needs 12 bytes, but data_offsets are [0, 8]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}|tensor w: shape [4] needs 16 bytes",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[\"x\"],\"data_offsets\":[0,8]}}|tensor w: shape is [\"x\"], expected integers from 0 on",
        "{\"w\":{\"dtype\":\"F32\"}}|tensor w: expected dtype, shape and two data_offsets",
        "[1]|safetensors header is not a JSON object",
      })
  void shouldNameFileAndTensorWhenTheHeaderIsWrong(String header, String message)
      throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Path file = folder.resolve("bad.safetensors");
    Files.write(file, bytes.putLong(json.length).put(json).array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.safetensors: ")
        .hasMessageContaining(message);
  }

  @Test
  void shouldSayHowLongTheFileIsWhenItIsCutOff() throws IOException {
    Path file = folder.resolve("cut.safetensors");
    Files.write(file, new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{'});
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessageContaining("header length is 100 in a file of 9 bytes");
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("ends at byte 3");
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void shouldReadBackWhatTheTypeCanHold(Dtype dtype) throws IOException {
    for (long seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      float[] values = new float[70_000 + random.nextInt(100_000)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(-128, 128) * 0.25f;
      }
      TensorData tensor = new TensorData(List.of(values.length), values);
      Path file = folder.resolve("m.safetensors");
      Safetensors.write(
          file, Map.of("odd", new TensorData(List.of(1), new float[1]), "t", tensor), dtype);
      TensorData read = Safetensors.read(file).get("t");
      assertThat(read.dtype()).isEqualTo(dtype);
      assertThat(read.values()).as("seed %d", seed).isEqualTo(values);
      Path copy = folder.resolve("copy.safetensors");
      Safetensors.write(copy, Safetensors.read(file), dtype);
      assertThat(copy).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void shouldRefuseToWriteWhatWouldBecomeInfinite() {
    TensorData large = new TensorData(List.of(2), new float[] {1, 1e6f});
    Path file = folder.resolve("m.safetensors");
    assertThatThrownBy(() -> Safetensors.write(file, Map.of("model.w", large), Dtype.F16))
        .hasMessage("tensor model.w: 1000000.0 does not fit float16");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldReadFilesBeyondTwoGibibytes() throws IOException {
    long large = 600_000_000L;
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                .formatted(large, 4 * large)
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[%d,%d]}}"
                .formatted(4 * large, 4 * large + 6);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("large.safetensors");
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      ByteBuffer head = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
      out.write(head.putLong(json.length).put(json).flip());
      ByteBuffer tail = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
      tail.putShort((short) 0x3f80).putShort((short) 0xc000).putShort((short) 0x4040).flip();
      out.write(tail, 8 + json.length + 4 * large);
    }
    Map<String, TensorData> tensors = Safetensors.read(file);
    assertThat(tensors.get("a").elements()).isEqualTo(large);
    assertThat(tensors.get("b").values()).containsExactly(1, -2, 3);
    Files.delete(file);
  }

  @Test
  void shouldRefuseOrReadButNeverFailOtherwiseWhenTheFileIsDamaged() throws IOException {
    Path file = folder.resolve("whole.safetensors");
    Map<String, TensorData> tensors =
        Map.of(
            "a", new TensorData(List.of(2, 3), new float[6]),
            "b", new TensorData(List.of(5), new float[5]));
    Safetensors.write(file, tensors, Dtype.F16);
    byte[] whole = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged.safetensors");
    int refused = 0;
    for (long seed = 0; seed < 1000; seed++) {
      Files.write(damaged, damage(whole, new Random(seed)));
      try {
        Safetensors.read(damaged).values().forEach(TensorData::values);
      } catch (IllegalArgumentException e) {
        refused++;
        assertThat(e).as("seed %d", seed).hasMessageContaining("damaged.safetensors: ");
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  /** Bytes changed in length or header, a cut, or more bytes at the end. */
  private static byte[] damage(byte[] whole, Random random) {
    int header = whole.length - 22;
    byte[] bytes = whole.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
      case 1 -> {
        for (int i = 0; i <= random.nextInt(3); i++) {
          bytes[8 + random.nextInt(header - 8)] = (byte) random.nextInt(256);
        }
      }
      case 2 -> bytes = Arrays.copyOf(whole, random.nextInt(whole.length));
      default -> bytes = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(9));
    }
    return bytes;
  }

  @Test
  void shouldLeaveTheOldFileAndNoOtherWhenWritingFails() throws IOException {
    Path file = folder.resolve("kept.txt");
    WholeFile.write(file, "old");
    Path plain = Files.writeString(folder.resolve("plain.txt"), "by its owner's umask");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    Files.delete(plain);
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(ByteBuffer.wrap(new byte[] {1}));
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }
}
