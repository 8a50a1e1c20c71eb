package dev.edit.evaluator;

import dev.edit.contracts.StudentPrompt;
import dev.edit.student.InitialWeights;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A random student of a few thousand weights with a tokenizer of its own. */
final class TinyStudent {
  private TinyStudent() {}

  /** Writes the student in Hugging Face layout; libtorch is not loaded. */
  static Path write(Path folder) throws IOException {
    WordTokenizerFile file =
        WordTokenizerFile.fromSamples(
            List.of(StudentPrompt.render("What is 1 plus 2?"), "Therefore, the answer is 3."), 20);
    StudentConfig config =
        StudentConfig.of(file.vocabulary().size(), 32, 48, 2, 2, 48, 3)
            .withTiedHead(true)
            .withTokens(2, List.of(3));
    Path json = file.writeTo(Files.createDirectories(folder));
    new StudentFolder(
            config,
            InitialWeights.create(config, 11),
            Map.of("tokenizer.json", Files.readAllBytes(json)))
        .write(folder);
    return folder;
  }

  /** Writes an adapter for the student in {@code base} in PEFT's layout; it adds nothing yet. */
  static Path writeAdapter(Path base, Path folder) throws IOException {
    StudentConfig config = StudentFolder.read(base).config();
    LoraSettings settings = LoraSettings.of(4, 8, 0, List.of("q_proj", "v_proj"));
    new AdapterFolder(LoraAdapter.create(config, settings, 5), base.toString()).write(folder);
    return folder;
  }
}
