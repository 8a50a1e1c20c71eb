package dev.edit.datasets.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.StudentPrompt;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The shapes in which data sets go out. All but {@link #JSONL} are made for training. */
public enum ExportFormat {
  /** The record as it is on the topic. */
  JSONL {
    @Override
    Optional<ObjectNode> row(TrainingPair pair) {
      throw new IllegalStateException("jsonl: records go out as they are");
    }
  },

  /** TRL's preference data: {@code {prompt, chosen, rejected}}; needs a wrong side. */
  TRL_PREFERENCE {
    @Override
    Optional<ObjectNode> row(TrainingPair pair) {
      return pair.dual()
          .map(wrong -> prompt(pair).put("chosen", pair.right()).put("rejected", wrong));
    }
  },

  /** TRL's {@code {prompt, completion}}. */
  TRL_PROMPT_COMPLETION {
    @Override
    Optional<ObjectNode> row(TrainingPair pair) {
      return Optional.of(prompt(pair).put("completion", pair.right()));
    }
  },

  /** ShareGPT's {@code {conversations [{from, value}]}}. */
  SHAREGPT {
    @Override
    Optional<ObjectNode> row(TrainingPair pair) {
      ObjectNode row = JSON.createObjectNode();
      row.putArray("conversations")
          .add(turn("human", pair.problem().question()))
          .add(turn("gpt", pair.right()));
      return Optional.of(row);
    }
  },

  /** Alpaca's {@code {instruction, input, output}}. */
  ALPACA {
    @Override
    Optional<ObjectNode> row(TrainingPair pair) {
      return Optional.of(
          JSON.createObjectNode()
              .put("instruction", pair.problem().question())
              .put("input", "")
              .put("output", pair.right()));
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The name that users write, such as {@code trl-preference}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static ExportFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format: expected one of %s, but was '%s'"
                        .formatted(
                            Arrays.stream(values()).map(ExportFormat::label).toList(), name)));
  }

  /** A pair's row, without its metadata; empty where the pair lacks what the format needs. */
  abstract Optional<ObjectNode> row(TrainingPair pair);

  private static ObjectNode prompt(TrainingPair pair) {
    return JSON.createObjectNode().put("prompt", StudentPrompt.render(pair.problem().question()));
  }

  private static ObjectNode turn(String from, String value) {
    return JSON.createObjectNode().put("from", from).put("value", value);
  }
}
