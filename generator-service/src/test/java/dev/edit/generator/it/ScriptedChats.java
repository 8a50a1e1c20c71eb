package dev.edit.generator.it;

import dev.edit.generator.it.ChatServer.Response;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replies to the prompts of problems such as {@code [wrong] 17}: the word says how the teacher
 * behaves, the number is the gold answer.
 */
final class ScriptedChats {
  private static final Pattern QUESTION = Pattern.compile("(?m)^Q: \\[([a-z]+)] (\\d+)$");

  private ScriptedChats() {}

  static Response reply(String prompt, int call) {
    Matcher question = QUESTION.matcher(prompt);
    String behaviour = "";
    int gold = 0;
    while (question.find()) {
      behaviour = question.group(1);
      gold = Integer.parseInt(question.group(2));
    }
    if (prompt.endsWith("Wrong Response:")) {
      return says(behaviour.equals("stubborn") ? gold : gold + 1);
    }
    boolean hinted = prompt.contains("\nH: The correct answer is " + gold + ".\nA:");
    return switch (behaviour) {
      case "wrong", "slow" -> says(hinted ? gold : gold + 1);
      case "insists" -> says(gold + 1);
      case "mute" -> Response.text("I would rather not say.");
      case "long" -> Response.finished("On and on", "length");
      case "garbage" -> new Response(200, Map.of(), "<html>502 Bad Gateway</html>");
      case "refused" -> Response.error(400, Map.of());
      case "busy" ->
          switch (call) {
            case 1 -> Response.error(429, Map.of("retry-after-ms", "20"));
            case 2 -> Response.error(500, Map.of());
            default -> says(gold);
          };
      case "absurd" -> call == 1 ? Response.error(429, Map.of("retry-after", "3600")) : says(gold);
      default -> says(gold);
    };
  }

  private static Response says(int answer) {
    return Response.text("Count to " + answer + ". Therefore, the answer is " + answer + ".");
  }
}
