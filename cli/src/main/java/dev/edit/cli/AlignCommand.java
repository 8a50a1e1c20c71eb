package dev.edit.cli;

import dev.edit.alignment.AlignmentRule;
import dev.edit.cli.alignment.AlignedFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit align}. */
@Command(
    name = "align",
    description = {
      "Finds the key tokens of pairs of responses.",
      "Each line of the input is {\"id\", \"prompt\" (optional), \"right\", \"wrong\"}; each line of"
          + " the output {\"id\", \"right_key\", \"wrong_key\", \"similarity\", \"key_share\"}, with"
          + " indexes of tokens that count from the start of the response."
    },
    sortOptions = false)
final class AlignCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      paramLabel = "F",
      required = true,
      description = "A file of JSON lines.")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "F",
      required = true,
      description = "The file to write; it appears when it is complete.")
  private Path output;

  @ArgGroup(multiplicity = "1")
  private Tokens tokens;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "reference",
      description =
          "How ties are broken and what is aligned: reference, reference-padded or"
              + " first-divergence (default: ${DEFAULT-VALUE}).")
  private String rule;

  @Mixin private JsonOption json;

  /** What the lines hold. */
  private static final class Tokens {
    @Option(
        names = "--tokenizer",
        paramLabel = "DIR",
        description =
            "Lines hold texts: a folder with tokenizer.json, and config.json for the end token that"
                + " is put behind both responses.")
    private Path folder;

    @Option(names = "--token-ids", description = "Lines hold token ids; nothing is added to them.")
    private boolean ids;
  }

  @Override
  public Integer call() throws Exception {
    AlignmentRule named = AlignmentRule.named(rule);
    AlignedFile aligned =
        tokens.folder == null
            ? AlignedFile.ofTokenIds(input, output, named)
            : AlignedFile.ofTexts(tokens.folder, input, output, named);
    json.print(
        aligned,
        out ->
            out.printf(
                Locale.ROOT,
                "%d pairs, similarity %.3f, key share %.3f (means), rule %s%n",
                aligned.pairs(),
                aligned.similarity(),
                aligned.keyShare(),
                named.ruleName()));
    return 0;
  }
}
