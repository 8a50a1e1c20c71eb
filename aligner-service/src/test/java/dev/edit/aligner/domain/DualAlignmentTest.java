package dev.edit.aligner.domain;

import static dev.edit.aligner.StudentFixture.EOS_ID;
import static dev.edit.aligner.StudentFixture.QUESTION;
import static dev.edit.aligner.StudentFixture.RIGHT;
import static dev.edit.aligner.StudentFixture.UNLIKE;
import static dev.edit.aligner.StudentFixture.WRONG;
import static dev.edit.aligner.StudentFixture.pair;
import static dev.edit.aligner.StudentFixture.sftOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.aligner.StudentFixture;
import dev.edit.alignment.AlignmentRule;
import dev.edit.alignment.NaiveReferenceAlignment;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DualAlignmentTest {
  private static Tokenizer tokenizer;
  private static Student student;

  @BeforeAll
  static void openStudent(@TempDir Path folder) throws IOException {
    tokenizer = Tokenizer.load(StudentFixture.write(folder));
    student = new Student(tokenizer, EOS_ID);
  }

  @AfterAll
  static void closeStudent() {
    student.close();
  }

  @Test
  void shouldMarkWhatDiffersOnBothSidesWhenAPairIsAligned() {
    KeySteps steps = aligned(pair("p/1"));
    assertThat(keyTexts(steps.right())).containsExactly(" 5", " 5");
    assertThat(keyTexts(steps.wrong())).containsExactly(" 6", " 6");
    assertThat(steps.right().keyCount()).isEqualTo(2);
    int length = steps.right().ids().length;
    assertThat(steps.similarity()).isEqualTo(1 - 2.0 / length);
    assertThat(steps.keyFraction()).isEqualTo(4.0 / (2 * length));
    assertThat(steps.rule()).isEqualTo("reference");
    assertThat(steps.tokenizer()).isEqualTo(tokenizer.fingerprint());
  }

  @Test
  void shouldGiveThePromptItsSpecialTokensAndTheResponseOnlyEosWhenEncoding() {
    KeySteps steps = aligned(pair("p/1"));
    assertThat(steps.promptIds())
        .isEqualTo(tokenizer.encode(StudentPrompt.render(QUESTION), true).ids());
    int[] ids = steps.right().ids();
    assertThat(Arrays.copyOf(ids, ids.length - 1)).isEqualTo(tokenizer.encode(RIGHT, false).ids());
    assertThat(ids[ids.length - 1]).isEqualTo(EOS_ID);
  }

  @Test
  void shouldPassWithoutKeysWhenThereIsNoWrongSide() {
    KeySteps steps = aligned(sftOnly("p/1"));
    assertThat(steps.wrong()).isNull();
    assertThat(steps.right().keyTokens()).isEmpty();
    assertThat(steps.right().keyCharacters()).isEmpty();
    assertThat(steps.similarity()).isZero();
    assertThat(steps.keyFraction()).isZero();
  }

  @Test
  void shouldRejectAsIdenticalWhenBothSidesAreOneText() {
    assertThat(rejection(pair("p/1", RIGHT, RIGHT, "6"))).isEqualTo(Rejection.IDENTICAL);
  }

  @Test
  void shouldRejectAsIdenticalWhenOnlyUnknownWordsDiffer() {
    assertThat(rejection(pair("p/1", RIGHT + " xylem", RIGHT + " phloem", "6")))
        .isEqualTo(Rejection.IDENTICAL);
  }

  @Test
  void shouldRejectWhenTheWrongSideEndsInTheGoldAnswer() {
    String sameAnswer = "First 3 then 2 more makes 5. Therefore, the answer is 5.";
    assertThat(rejection(pair("p/1", RIGHT, sameAnswer, "6")))
        .isEqualTo(Rejection.ANSWER_NOT_DIFFERENT);
  }

  @Test
  void shouldRejectAsNotDualWhenTheSidesHaveLittleInCommon() {
    assertThat(rejection(pair("p/1", RIGHT, UNLIKE + UNLIKE, "7"), new Gates(0.5, 1024)))
        .isEqualTo(Rejection.NOT_DUAL);
  }

  @Test
  void shouldRejectAsTooLongWhenOneTokenOverAndPassWhenExactlyAtTheBound() {
    KeySteps steps = aligned(pair("p/1"));
    int length = steps.promptIds().length + steps.right().ids().length;
    assertThat(alignment(new Gates(0, length)).of(pair("p/1"))).isInstanceOf(Outcome.Aligned.class);
    assertThat(rejection(pair("p/1"), new Gates(0, length - 1))).isEqualTo(Rejection.TOO_LONG);
    assertThat(rejection(sftOnly("p/1"), new Gates(0, length - 1))).isEqualTo(Rejection.TOO_LONG);
  }

  @Test
  void shouldRejectAsNotTokenizableWhenHalfACharacterIsInTheText() {
    assertThat(rejection(pair("p/1", RIGHT, WRONG + "\ud83d", "6")))
        .isEqualTo(Rejection.NOT_TOKENIZABLE);
  }

  @Test
  void shouldNameTheSettingWhenAGateIsOutOfRange() {
    assertThatThrownBy(() -> new Gates(1.5, 10)).hasMessageContaining("min-similarity");
    assertThatThrownBy(() -> new Gates(Double.NaN, 10)).hasMessageContaining("min-similarity");
    assertThatThrownBy(() -> new Gates(0.5, 1)).hasMessageContaining("max-length");
  }

  @Test
  void shouldAgreeWithTheNaiveTwinAndNeverCutACharacterWhenPairsAreRandom() {
    long seed = 20_190_705L;
    Random random = new Random(seed);
    DualAlignment alignment = alignment(new Gates(0, 1024));
    for (int round = 0; round < 300; round++) {
      String right = randomText(random) + " the answer is 5.";
      String wrong = randomText(random) + " the answer is 6.";
      KeySteps steps =
          ((Outcome.Aligned) alignment.of(pair("p/" + round, right, wrong, "6"))).keySteps();
      var naive =
          new NaiveReferenceAlignment()
              .align(
                  joined(steps.promptIds(), steps.right().ids()),
                  joined(steps.promptIds(), steps.wrong().ids()),
                  steps.promptIds().length);
      String why = "seed %d round %d: %s / %s".formatted(seed, round, right, wrong);
      assertThat(steps.right().keyCount()).as(why).isEqualTo(naive.rightKey().tokenCount());
      assertThat(steps.wrong().keyCount()).as(why).isEqualTo(naive.wrongKey().tokenCount());
      assertThat(steps.similarity()).as(why).isEqualTo(naive.similarity());
      requireKeyTextsAreTheKeyTokens(steps.right(), why);
      requireKeyTextsAreTheKeyTokens(steps.wrong(), why);
      RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
      assertThat(codec.encode(codec.decode(codec.encode(steps))))
          .as(why)
          .isEqualTo(codec.encode(steps));
    }
  }

  @Test
  void shouldGiveTheSameRecordsWhenManyThreadsAlignAtOnce() {
    DualAlignment alignment = alignment(new Gates(0, 1024));
    Random random = new Random(7);
    List<DualCot> duals = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String right = randomText(random) + " the answer is 5.";
      duals.add(pair("p/" + i, right, randomText(random) + " the answer is 6.", "6"));
    }
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    List<byte[]> one = duals.stream().map(d -> bytes(codec, alignment.of(d))).toList();
    List<byte[]> many = duals.parallelStream().map(d -> bytes(codec, alignment.of(d))).toList();
    for (int i = 0; i < one.size(); i++) {
      assertThat(many.get(i)).as("seed 7, pair %d", i).isEqualTo(one.get(i));
    }
  }

  private static byte[] bytes(RecordCodec<KeySteps> codec, Outcome outcome) {
    return codec.encode(((Outcome.Aligned) outcome).keySteps());
  }

  private static void requireKeyTextsAreTheKeyTokens(KeySteps.Side side, String why) {
    List<String> texts = keyTexts(side);
    for (int span = 0; span < texts.size(); span++) {
      int[] tokens = side.keyTokens()[span];
      int end = Math.min(tokens[1], side.ids().length - 1);
      int[] ids = Arrays.copyOfRange(side.ids(), tokens[0], end);
      assertThat(tokenizer.encode(texts.get(span), false).ids()).as(why).isEqualTo(ids);
    }
  }

  private static String randomText(Random random) {
    String[] words = {"First", " 2", " 3", " then", " more", ",", " \ud83d\ude00", " é", " guess"};
    StringBuilder text = new StringBuilder("First");
    for (int word = random.nextInt(20); word > 0; word--) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  private static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static List<String> keyTexts(KeySteps.Side side) {
    List<String> texts = new ArrayList<>();
    for (int[] range : side.keyCharacters()) {
      texts.add(side.text().substring(range[0], range[1]));
    }
    return texts;
  }

  private static KeySteps aligned(DualCot dual) {
    return ((Outcome.Aligned) alignment(new Gates(0.3, 1024)).of(dual)).keySteps();
  }

  private static Rejection rejection(DualCot dual) {
    return rejection(dual, new Gates(0.3, 1024));
  }

  private static Rejection rejection(DualCot dual, Gates gates) {
    return ((Outcome.Rejected) alignment(gates).of(dual)).reason();
  }

  private static DualAlignment alignment(Gates gates) {
    return new DualAlignment(student, AlignmentRule.REFERENCE, gates);
  }
}
