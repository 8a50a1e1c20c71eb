package dev.edit.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.edit.contracts.Problem;
import dev.edit.contracts.codec.UnreadableRecordException.Reason;
import java.nio.charset.StandardCharsets;
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
