package dev.edit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.MistakePattern.Category;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakePatternTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "logical,logical",
    "calculation+logical,logical+calculation",
    "Knowledge + CALCULATION,knowledge+calculation",
    "other+calculation+knowledge+logical,logical+knowledge+calculation+other"
  })
  void shouldHaveOneTextWhenCategoriesComeInAnyOrder(String text, String canonical)
      throws IOException {
    MistakePattern pattern = MistakePattern.parse(text);
    assertThat(pattern).hasToString(canonical).isEqualTo(MistakePattern.parse(canonical));
    assertThat(JSON.writeValueAsString(pattern)).isEqualTo('"' + canonical + '"');
    assertThat(JSON.readValue('"' + text + '"', MistakePattern.class)).isEqualTo(pattern);
  }

  @Test
  void shouldHoldTheCategoriesItWasMadeOf() {
    assertThat(MistakePattern.of(Category.CALCULATION, Category.LOGICAL).categories())
        .isEqualTo(Set.of(Category.LOGICAL, Category.CALCULATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "+", "logical+", "logical,other", "arithmetic", "other+other"})
  void shouldNameTheFieldWhenATextIsNoPattern(String text) {
    assertThatThrownBy(() -> MistakePattern.parse(text))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("'mistake'");
  }

  @Test
  void shouldRefuseADualWhenItsMistakeIsNoPattern() throws IOException {
    String golden;
    try (InputStream in = getClass().getResourceAsStream("/golden/v1/dual-cot.json")) {
      golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    byte[] changed =
        golden.replace("\"calculation\"", "\"bad luck\"").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> RecordCodec.of(DualCot.class).decode(changed))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("mistake")
        .hasMessageContaining("logical, knowledge, calculation");
  }
}
