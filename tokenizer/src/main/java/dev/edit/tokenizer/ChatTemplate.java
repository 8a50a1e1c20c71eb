package dev.edit.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Jinja template by which a model's tokenizer turns a conversation into the text that the model
 * was trained on. Special tokens are part of that text: it is encoded without adding any.
 *
 * <p>Rendered as Hugging Face does it: blocks trimmed, {@code bos_token}, {@code eos_token} and
 * {@code add_generation_prompt} defined, {@code raise_exception} to refuse. What this Jinja does
 * not know is refused with its name and line rather than left out.
 */
public final class ChatTemplate {
  private static final String FILE = "chat_template.jinja";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String FIELD = "chat_template";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TAG = Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}", Pattern.DOTALL);
  private static final Pattern INDENTED_BLOCK =
      Pattern.compile("^[ \\t]+(?=\\{%(?!\\+)|\\{#)", Pattern.MULTILINE);
  private static final Pattern LINE_END_OF_BLOCK = Pattern.compile("(?<!\\+)([%#]\\})\\n");
  private static final Pattern TEXT =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*)");

  private final String template;
  private final Map<String, String> specialTokens;
  private final String source;

  /**
   * A message of a conversation.
   *
   * @param role system, user or assistant
   */
  public record Message(String role, String content) {}

  private ChatTemplate(String template, Map<String, String> specialTokens, String source) {
    this.template = trimmed(template);
    this.specialTokens = Map.copyOf(specialTokens);
    this.source = source;
  }

  /**
   * The template of a model folder: that of {@value #FILE}, else of {@value #CONFIG}; of several,
   * the one called {@code default}. Empty where the folder has none.
   *
   * @throws IllegalArgumentException if a file is not as it should be; names file and field
   */
  public static Optional<ChatTemplate> find(Path folder) {
    try {
      Path config = folder.resolve(CONFIG);
      JsonNode root = Files.isRegularFile(config) ? json(config) : JSON.createObjectNode();
      Path file = folder.resolve(FILE);
      if (Files.isRegularFile(file)) {
        String text = Files.readString(file);
        return Optional.of(new ChatTemplate(text, specialTokens(root), file.toString()));
      }
      String text = template(root.path(FIELD), config);
      return Optional.ofNullable(text)
          .map(found -> new ChatTemplate(found, specialTokens(root), config + ": " + FIELD));
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + ": the chat template cannot be read: " + e, e);
    }
  }

  /**
   * The text of a conversation.
   *
   * @param generationPrompt whether the text ends with what begins the assistant's next message
   * @throws IllegalArgumentException if the template refuses the conversation, or uses what is not
   *     supported; names the template, its line and the construct
   */
  public String render(List<Message> messages, boolean generationPrompt) {
    Map<String, Object> bindings = new HashMap<>(specialTokens);
    List<Map<String, String>> list = new ArrayList<>();
    messages.forEach(m -> list.add(Map.of("role", m.role(), "content", m.content())));
    bindings.put("messages", list);
    bindings.put("add_generation_prompt", generationPrompt);
    Jinjava jinja = jinja();
    refuseUnknownFilters(jinja.getGlobalContext());
    RenderResult result = jinja.renderForResult(template, bindings);
    if (!result.getErrors().isEmpty()) {
      TemplateError error = result.getErrors().get(0);
      throw new IllegalArgumentException(
          "%s, line %d: %s".formatted(source, error.getLineno(), reason(error)));
    }
    return result.getOutput();
  }

  /**
   * What Jinja's {@code lstrip_blocks} and {@code trim_blocks} do: the indentation before a block
   * that begins a line goes, and the line break after a block and at the very end. Jinjava's own
   * options also take spaces that stand between text and a block.
   */
  private static String trimmed(String template) {
    String lines = template.replace("\r\n", "\n").replaceFirst("\n$", "");
    String stripped = INDENTED_BLOCK.matcher(lines).replaceAll("");
    return LINE_END_OF_BLOCK.matcher(stripped).replaceAll("$1");
  }

  /** Jinjava renders a filter that it does not know as nothing. */
  private void refuseUnknownFilters(Context context) {
    Matcher tag = TAG.matcher(template);
    while (tag.find()) {
      Matcher filter = FILTER.matcher(TEXT.matcher(tag.group()).replaceAll("''"));
      while (filter.find()) {
        if (context.getFilter(filter.group(1)) == null) {
          long line = template.substring(0, tag.start()).lines().count();
          throw new IllegalArgumentException(
              "%s, line %d: not supported: filter %s"
                  .formatted(source, Math.max(1, line), filter.group(1)));
        }
      }
    }
  }

  private static String reason(TemplateError error) {
    Throwable cause = error.getException();
    while (cause != null) {
      if (cause instanceof RefusedByTemplateException) {
        return "the template refuses the conversation: " + cause.getMessage();
      }
      cause = cause.getCause();
    }
    return "not supported: " + error.getMessage();
  }

  private static Jinjava jinja() {
    Jinjava jinja =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(10_000_000)
                .withLegacyOverrides(
                    LegacyOverrides.Builder.from(LegacyOverrides.ALL)
                        .withWhitespaceRequiredWithinTokens(false)
                        .build())
                .build());
    Context context = jinja.getGlobalContext();
    context.registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", ChatTemplate.class, "raiseException", String.class));
    return jinja;
  }

  /** Called by templates. */
  public static String raiseException(String message) {
    throw new RefusedByTemplateException(message);
  }

  private static final class RefusedByTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedByTemplateException(String message) {
      super(message);
    }
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String template(JsonNode node, Path config) {
    if (node.isMissingNode() || node.isNull() || node.isTextual()) {
      return node.textValue();
    }
    for (JsonNode named : node) {
      if (named.path("name").asText().equals("default") && named.path("template").isTextual()) {
        return named.get("template").textValue();
      }
    }
    throw new IllegalArgumentException(
        "%s: %s: expected a template, or a list with one called default".formatted(config, FIELD));
  }

  private static Map<String, String> specialTokens(JsonNode root) {
    Map<String, String> tokens = new HashMap<>();
    for (String name : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
      JsonNode token = root.path(name);
      JsonNode text = token.isObject() ? token.path("content") : token;
      if (text.isTextual()) {
        tokens.put(name, text.textValue());
      }
    }
    return tokens;
  }
}
