package dev.edit.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.edit.contracts.Problem;
import dev.edit.contracts.codec.UnreadableRecordException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);
  private static final String VALID =
      "{'schemaVersion':1,'id':'t/1','task':'t','question':'q','answer':'a','split':'train','domain':'in','source':'s'}";

  @Test
  void shouldGiveEqualBytesWhenRecordsAreEqual() {
    assertThat(PROBLEMS.encode(decode(VALID))).isEqualTo(PROBLEMS.encode(decode(VALID)));
  }

  @Test
  void shouldWriteNumbersAsTheLibraryDoes() throws Exception {
    IntStream powers =
        IntStream.iterate(1, n -> n < 1_000_000_000, n -> 10 * n)
            .flatMap(n -> IntStream.of(n - 1, n, n + 1, -n, 1 - n));
    IntStream ends = IntStream.of(Integer.MIN_VALUE, -1_000_000_000, Integer.MAX_VALUE);
    IntStream random = new Random(7).ints(10_000);
    int[] numbers = Stream.of(powers, ends, random).flatMapToInt(s -> s).toArray();
    ObjectMapper own =
        new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(int[].class, new IntArrayWriter()));
    for (int[][] array : new int[][][] {{numbers}, {}, {{}}, {{7}, {1, 2}}}) {
      assertThat(own.writeValueAsString(array))
          .isEqualTo(new ObjectMapper().writeValueAsString(array));
    }
  }

  /** JSON may spell it, UTF-8 cannot. */
  @Test
  void shouldWriteAQuestionMarkWhenHalfASurrogatePairIsInAText() {
    Problem problem = decode(VALID.replace("'q'", "'a \\ud83d b'"));
    assertThat(PROBLEMS.decode(PROBLEMS.encode(problem)).question()).isEqualTo("a ? b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "[1]", "42", "null", "{'schemaVersion':1,", "\u0000"})
  void shouldSayNotJsonWhenBytesAreNoObject(String bytes) {
    assertThat(refusal(bytes).reason()).isEqualTo(Reason.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'schemaVersion':2}", "{'schemaVersion':'1'}", "{'schemaVersion':null}"})
  void shouldSayUnsupportedVersionWhenVersionIsMissingOrUnknown(String json) {
    UnreadableRecordException refusal = refusal(json);
    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED_VERSION);
    assertThat(refusal).hasMessageContaining("schemaVersion").hasMessageContaining("expected 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'id':'t/1'|'id':'../x'|id",
        "'id':'t/1'|'id':null|id",
        "'task':'t'|'task':''|task",
        "'question':'q',||question",
        "'split':'train'|'split':'dev'|split",
        "'domain':'in'|'domain':7|domain",
      })
  void shouldNameTheFieldWhenItsValueIsInvalid(String valid, String invalid, String field) {
    UnreadableRecordException refusal =
        refusal(VALID.replace(valid, invalid == null ? "" : invalid));
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
    assertThat(refusal).hasMessageContaining("'" + field + "'");
  }

  @Test
  void shouldRefuseANullValue() {
    assertThat(
            catchThrowableOfType(UnreadableRecordException.class, () -> PROBLEMS.decode(null))
                .reason())
        .isEqualTo(Reason.NOT_JSON);
  }

  private static UnreadableRecordException refusal(String json) {
    return catchThrowableOfType(UnreadableRecordException.class, () -> decode(json));
  }

  private static Problem decode(String singleQuoted) {
    return PROBLEMS.decode(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
