package dev.edit.cli.quickstart;

import dev.edit.families.VocabularyTexts;
import dev.edit.student.InitialWeights;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.student.files.TensorData;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The students before training: one folder per training seed, which all recipes of that seed start
 * from, so that they differ in nothing but what they are taught.
 *
 * @param folders the folder of each seed
 * @param vocabulary tokens of the tokenizer
 * @param parameters trainable values of a student
 */
record InitialStudents(Map<Long, Path> folders, int vocabulary, long parameters) {

  /** Writes the students' folders below {@code root}; the vocabulary covers every family. */
  static InitialStudents write(Path root, List<Long> seeds) throws IOException {
    WordTokenizerFile tokenizer =
        WordTokenizerFile.fromSamples(
            VocabularyTexts.texts(), QuickstartSettings.LARGEST_WHOLE_NUMBER);
    int vocabulary = tokenizer.vocabulary().size();
    StudentConfig config =
        QuickstartSettings.student(
            vocabulary, tokenizer.vocabulary().indexOf(WordTokenizerFile.END));
    Map<String, byte[]> files =
        Map.of(
            "tokenizer.json", tokenizer.tokenizerJson().getBytes(StandardCharsets.UTF_8),
            "tokenizer_config.json",
                tokenizer.tokenizerConfigJson().getBytes(StandardCharsets.UTF_8));
    Map<Long, Path> folders = new LinkedHashMap<>();
    long parameters = 0;
    for (long seed : seeds) {
      Path folder = root.resolve("initial-" + seed);
      StudentFolder student = new StudentFolder(config, InitialWeights.create(config, seed), files);
      parameters = student.weights().values().stream().mapToLong(TensorData::elements).sum();
      student.write(folder);
      folders.put(seed, folder);
    }
    return new InitialStudents(folders, vocabulary, parameters);
  }

  /** A folder whose tokenizer is that of all. */
  Path any() {
    return folders.values().iterator().next();
  }
}
