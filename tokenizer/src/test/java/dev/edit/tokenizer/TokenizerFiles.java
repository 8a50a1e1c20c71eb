package dev.edit.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small files of the kinds in which published models have their tokenizers. */
final class TokenizerFiles {
  /** As in the files of LLaMA 3. */
  static final String LLAMA3_SPLIT =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> MERGES =
      List.of(
          "t h", "th e", "\u0120 the", "i s", "\u0120 is", "e r", "a n", "an s", "ans w", "1 2");

  private TokenizerFiles() {}

  /** Byte-level BPE that cuts as GPT-2 does. */
  static ObjectNode gpt2() {
    ObjectNode root = byteLevel();
    root.set("pre_tokenizer", byteLevelStep().put("use_regex", true));
    root.set("post_processor", byteLevelStep().put("trim_offsets", true));
    return root;
  }

  /** Byte-level BPE that cuts as LLaMA 3 does, with a token in front of every text. */
  static ObjectNode llama3() {
    ObjectNode root = byteLevel();
    ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", LLAMA3_SPLIT);
    split.put("behavior", "Isolated").put("invert", false);
    steps.add(byteLevelStep().put("use_regex", false));
    int bos = root.path("model").path("vocab").size();
    root.withArray("added_tokens")
        .addObject()
        .put("id", bos)
        .put("content", "<|begin|>")
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
    ObjectNode template = root.putObject("post_processor").put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", "<|begin|>").put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    template.putArray("pair").addAll(single);
    ObjectNode begin = template.putObject("special_tokens").putObject("<|begin|>");
    begin.put("id", "<|begin|>").putArray("ids").add(bos);
    begin.putArray("tokens").add("<|begin|>");
    return root;
  }

  /** BPE over characters with a metaspace in place of blanks, as SentencePiece models have it. */
  static ObjectNode metaspace() {
    ObjectNode root = root();
    ObjectNode metaspace = JSON.createObjectNode();
    metaspace.put("type", "Metaspace").put("replacement", "\u2581");
    metaspace.put("prepend_scheme", "first").put("split", false);
    root.set("pre_tokenizer", metaspace);
    ObjectNode decoder = root.putObject("decoder").put("type", "Sequence");
    ArrayNode steps = decoder.putArray("decoders");
    ObjectNode blank = steps.addObject().put("type", "Replace");
    blank.putObject("pattern").put("String", "\u2581");
    blank.put("content", " ");
    steps.addObject().put("type", "ByteFallback");
    steps.addObject().put("type", "Fuse");
    ObjectNode strip = steps.addObject().put("type", "Strip");
    strip.put("content", " ").put("start", 1).put("stop", 0);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.put("unk_token", "<unk>").put("fuse_unk", true).put("byte_fallback", true);
    ObjectNode vocab = model.putObject("vocab").put("<unk>", 0);
    for (int b = 0; b < 256; b++) {
      vocab.put("<0x%02X>".formatted(b), 1 + b);
    }
    for (char c : "\u2581abcdefghijklmnopqrstuvwxyz0123456789.,?".toCharArray()) {
      vocab.put(String.valueOf(c), vocab.size());
    }
    ArrayNode merges = model.putArray("merges");
    for (String merge : List.of("t h", "th e", "\u2581 the", "\u2581 \u2581", "i s")) {
      merges.add(merge);
      vocab.put(merge.replace(" ", ""), vocab.size());
    }
    return root;
  }

  /** {@link #metaspace()} as the files of LLaMA 2 have it: blanks are turned by the normalizer. */
  static ObjectNode llama2() {
    ObjectNode root = metaspace();
    root.putNull("pre_tokenizer");
    ObjectNode normalizer = root.putObject("normalizer").put("type", "Sequence");
    ArrayNode steps = normalizer.putArray("normalizers");
    steps.addObject().put("type", "Prepend").put("prepend", "\u2581");
    ObjectNode replace = steps.addObject().put("type", "Replace");
    replace.putObject("pattern").put("String", " ");
    replace.put("content", "\u2581");
    return root;
  }

  /** {@link #metaspace()} with a token that ends in a blank. */
  static ObjectNode joinedToBlank() {
    ObjectNode root = metaspace();
    ((ArrayNode) root.at("/model/merges")).add("e \u2581");
    ObjectNode vocab = (ObjectNode) root.at("/model/vocab");
    vocab.put("e\u2581", vocab.size());
    return root;
  }

  static Path write(Path file, ObjectNode root) throws IOException {
    return Files.writeString(file, root.toString());
  }

  private static ObjectNode byteLevel() {
    ObjectNode root = root();
    root.set("decoder", byteLevelStep().put("use_regex", true));
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocab = model.putObject("vocab");
    int moved = 256;
    for (int b = 0; b < 256; b++) {
      boolean visible = (b > 32 && b < 127) || (b > 160 && b != 173);
      vocab.put(Character.toString(visible ? b : moved++), b);
    }
    ArrayNode merges = model.putArray("merges");
    for (String merge : MERGES) {
      merges.add(merge);
      vocab.put(merge.replace(" ", ""), vocab.size());
    }
    return root;
  }

  private static ObjectNode byteLevelStep() {
    return JSON.createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false);
  }

  private static ObjectNode root() {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putArray("added_tokens");
    return root;
  }
}
