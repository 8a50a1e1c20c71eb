package dev.edit.student.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    int[] bits = new int[tensor.values().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(tensor.values()[i]);
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
        "{\"w\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}|tensor w: dtype is BF16, expected F32",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|tensor w: shape [3] needs 12 bytes, but data_offsets are [0, 8]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}|tensor w: shape [4] needs 16 bytes",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[\"x\"],\"data_offsets\":[0,8]}}|tensor w: shape is [\"x\"], expected integers",
        "{\"w\":{\"dtype\":\"F32\"}}|tensor w: expected shape and two data_offsets",
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

  @Test
  void shouldLeaveTheOldFileAndNoOtherWhenWritingFails() throws IOException {
    Path file = folder.resolve("kept.txt");
    WholeFile.write(file, "old");
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
