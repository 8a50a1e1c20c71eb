package dev.edit.simulatedteacher.domain;

import java.util.List;

/**
 * A request for chat completions, checked.
 *
 * @param prompt the text of the last user message
 * @param promptPieces word pieces of all messages
 * @param temperature at least 0
 * @param seed as text; empty where the request has none
 * @param choices how many answers are wanted, at least 1
 * @param mostPieces word pieces an answer may have, at least 1
 * @param stops texts before which an answer ends
 */
public record ChatRequest(
    String prompt,
    int promptPieces,
    double temperature,
    String seed,
    int choices,
    int mostPieces,
    List<String> stops) {

  public ChatRequest {
    stops = List.copyOf(stops);
  }

  /** Everything that tells it from another request, but for the bounds on length. */
  String identity() {
    return prompt + "\u0000" + temperature + "\u0000" + seed;
  }
}
