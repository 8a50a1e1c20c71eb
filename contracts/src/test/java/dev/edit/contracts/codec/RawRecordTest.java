package dev.edit.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawRecordTest {

  @Test
  void shouldKeepTheTextWhenItIsShortUtf8() {
    assertThat(record("grüße".getBytes(StandardCharsets.UTF_8)).text()).isEqualTo("grüße");
  }

  @Test
  void shouldKeepOnlyTheDigestWhenTheValueIsNoUtf8() {
    RawRecord record = record(new byte[] {(byte) 0xff, 0});
    assertThat(record.text()).isNull();
    assertThat(record.pointer().sha256()).hasSize(64);
  }

  @Test
  void shouldKeepOnlyTheDigestWhenTheValueIsTooLong() {
    assertThat(record(new byte[DeadLetter.LONGEST_RECORD + 1]).text()).isNull();
  }

  @Test
  void shouldTakeATombstoneForEmpty() {
    // The digest of no bytes at all, FIPS 180-4.
    assertThat(record(null).pointer().sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void shouldNameItsPlace() {
    assertThat(record(null).place()).isEqualTo("edit.problems/2/17");
  }

  private static RawRecord record(byte[] value) {
    return new RawRecord("edit.problems", 2, 17, value);
  }
}
