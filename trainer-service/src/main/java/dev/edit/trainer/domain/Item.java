package dev.edit.trainer.domain;

import java.util.List;

/**
 * What a batch is made of: a response by itself, or two that are learned together. A pair holds the
 * right side first; a multi-task item the chain of thought, and the answer alone second.
 *
 * @param id of the record that it was made of, told where training goes wrong
 * @param responses one or two
 */
public record Item(String id, List<Response> responses) {
  public Item {
    responses = List.copyOf(responses);
    if (responses.isEmpty() || responses.size() > 2) {
      throw new IllegalArgumentException(
          "item %s: expected 1 or 2 responses, got %d".formatted(id, responses.size()));
    }
  }

  /** An item of one response. */
  static Item of(String id, Response response) {
    return new Item(id, List.of(response));
  }

  /** The first response. */
  public Response first() {
    return responses.get(0);
  }

  /** The second response of a pair or of a multi-task item. */
  public Response second() {
    return responses.get(1);
  }

  /** Tokens of the longest response with its prompt. */
  public int longest() {
    return responses.stream().mapToInt(Response::length).max().orElseThrow();
  }
}
