package dev.edit.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What users read where a file is not as its format says: file, line, field, value, expectation.
 */
class MalformedInputTest {
  private static final String OPTIONS = "\"options\":[\"(A)x\",\"(B)y\"]";

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          bbh~t.json~[1]~t.json:1~expected a JSON object, but was START_ARRAY
          bbh~t.json~{"canary":"c"}~t.json~field 'examples': expected a list of objects, but was missing
          bbh~t.json~{"examples":{}}~t.json:1~expected a list in field 'examples'
          bbh~t.json~{"examples":[{"input":"q","target":"a"},7]}~t.json:1 (entry 1)~expected a JSON object, but was NUMBER
          bbh~t.json~{"examples":[{"input":1,"target":"a"}]}~t.json:1 (entry 0)~field 'input': expected a text, but was 1
          bbh~t.json~{"examples":[{"input":"q","target":"."}]}~(entry 0)~field 'target': expected an answer that can be graded, but was .
          bbh~t.json~{"examples":[{"input":"q","target":"a"}~t.json:1~expected JSON, but: Unexpected end-of-input
          bigbench~t.json~{"examples":[{"input":"q"}]}~(entry 0)~field 'target': expected a text, or 'target_scores' in its place, but was missing
          bigbench~t.json~{"examples":[{"input":"q","target_scores":{"a":1,"b":1}}]}~(entry 0)~field 'target_scores': expected one choice with the highest score
          bigbench~t.json~{"examples":[{"input":"q","target_scores":{"a":"1"}}]}~(entry 0)~field 'target_scores.a': expected a number, but was "1"
          bigbench~t.json~{"append_choices_to_input":"no","examples":[]}~t.json~field 'append_choices_to_input': expected true or false, but was "no"
          agieval~t.jsonl~{"question":"q","label":"C",OPTIONS}~t.jsonl:1~field 'label': expected one of [A, B], but was C
          agieval~t.jsonl~{"question":"q","options":[],"label":"A"}~t.jsonl:1~field 'options': expected a list of texts, but was []
          agieval~t.jsonl~{"question":"q","options":["x",2],"label":"A"}~t.jsonl:1~field 'options[1]': expected a text, but was 2
          arc~t.jsonl~{"question":"q","choices":{"text":["x","y"],"label":["A"]},"answerKey":"A"}~t.jsonl:1~field 'choices.label': expected 2 labels
          arc~t.jsonl~{"question":{"stem":"q","choices":[1]},"answerKey":"A"}~t.jsonl:1~field 'choices[0]': expected an object, but was 1
          arc~t.jsonl~{"question":{"stem":"q","choices":[{"text":"x","label":"A"}]},"answerKey":"E"}~t.jsonl:1~field 'answerKey': expected one of [A], but was E
          gsm8k~t.jsonl~{"question":"q","answer":"six"}~t.jsonl:1~field 'answer': expected a number after '####' at its end, but was '…six'
          jsonl~t.jsonl~{"question":"q","answer":"a"}~t.jsonl:1~field 'split': expected 'train' or 'test', or --split for all entries, but was missing
          jsonl~t.jsonl~{"question":"q","answer":"a","split":"dev"}~t.jsonl:1~field 'split': expected one of [train, test], but was dev
          jsonl~t.jsonl~{"question":"q","answer":"a","split":"test","id":"../x"}~t.jsonl:1~field 'id': expected 1 to 200 characters
          jsonl~t.jsonl~[]~t.jsonl:1~expected a JSON object, but was ARRAY
          jsonl~t.jsonl~{"question":~t.jsonl:1~expected a JSON object, but: Unexpected end-of-input
          """)
  void shouldNamePlaceAndFieldWhenAFileIsMalformed(
      String format, String file, String content, String place, String problem) throws IOException {
    Files.writeString(temporary.resolve(file), content.replace("OPTIONS", OPTIONS));
    assertThatThrownBy(() -> run(format)).hasMessageContaining(place).hasMessageContaining(problem);
  }

  @Test
  void shouldNameTheLineWhenAnotherOneIsMalformed() throws IOException {
    String good = "{\"question\":\"q\",\"answer\":\"a\",\"split\":\"test\"}\n";
    Files.writeString(temporary.resolve("t.jsonl"), good + "\n" + good + "nonsense\n");
    assertThatThrownBy(() -> run("jsonl"))
        .hasMessageContaining("t.jsonl:4: expected a JSON object");
  }

  @Test
  void shouldNameTheLineWhenTwoProblemsHaveOneId() throws IOException {
    String twice = "{\"id\":\"x\",\"question\":\"q\",\"answer\":\"a\",\"split\":\"test\"}\n";
    Files.writeString(temporary.resolve("t.jsonl"), twice + twice);
    assertThatThrownBy(() -> run("jsonl"))
        .hasMessageContaining("t.jsonl:2: field 'id': expected an id that no other problem has");
  }

  @Test
  void shouldRefuseALineWhenItIsEndless() throws IOException {
    Files.writeString(temporary.resolve("t.jsonl"), " ".repeat(JsonLines.LONGEST_LINE + 1));
    assertThatThrownBy(() -> run("jsonl"))
        .hasMessageContaining("t.jsonl:1: expected a line of at most");
  }

  @Test
  void shouldNameTheFileWhenItIsNotUtf8() throws IOException {
    Files.write(temporary.resolve("t.jsonl"), new byte[] {'{', (byte) 0xff, '}'});
    assertThatThrownBy(() -> run("jsonl")).hasMessageContaining("t.jsonl:1: expected UTF-8");
  }

  @Test
  void shouldNameTheFolderWhenItHoldsNoFileOfTheFormat() {
    assertThatThrownBy(() -> run("gsm8k")).hasMessageContaining("expected files named");
    assertThatThrownBy(
            () -> ProblemImport.of(Format.BBH, temporary.resolve("x"), ImportSettings.DEFAULT))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> Format.of("mmlu"))
        .hasMessageContaining("agieval")
        .hasMessageContaining("mmlu");
  }

  @Test
  void shouldSayWhatASplitIsWhenItIsNone() {
    for (String rule : new String[] {"half", "4:0", "0:1", "4", "900:900", "4:1:1"}) {
      assertThatThrownBy(() -> SplitRule.parse(rule)).hasMessageStartingWith("split: expected");
    }
    assertThat(SplitRule.parse("4:1")).isEqualTo(new SplitRule.Ratio(4, 1));
  }

  private void run(String format) throws IOException, InterruptedException {
    ProblemImport.of(Format.of(format), temporary, ImportSettings.DEFAULT).run(problem -> {});
  }
}
