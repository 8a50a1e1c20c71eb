package dev.edit.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.tokenizer.ChatTemplate.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Message> USER = List.of(new Message("user", "abc"));

  @TempDir private Path folder;

  @Test
  void shouldRenderWhatJinjaRendersForTheTemplatesOfKnownModels() throws IOException {
    JsonNode root = JSON.readTree(ChatTemplateTest.class.getResource("chat-cases.json"));
    for (JsonNode expected : root.get("cases")) {
      String name = expected.get("template").asText();
      config(root.get("templates").get(name));
      ChatTemplate template = ChatTemplate.find(folder).orElseThrow();
      List<Message> messages = new ArrayList<>();
      for (JsonNode m : expected.get("conversation")) {
        messages.add(new Message(m.get("role").asText(), m.get("content").asText()));
      }
      boolean prompt = expected.get("generationPrompt").asBoolean();
      if (expected.has("refused")) {
        assertThatThrownBy(() -> template.render(messages, prompt))
            .as(expected.toString())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("tokenizer_config.json: chat_template, line ")
            .hasMessageEndingWith(
                "the template refuses the conversation: " + expected.get("refused").asText());
      } else {
        assertThat(template.render(messages, prompt))
            .as(expected.toString())
            .isEqualTo(expected.get("text").asText());
      }
    }
  }

  private void config(JsonNode template) throws IOException {
    ObjectNode config = JSON.createObjectNode();
    config.putObject("bos_token").put("content", "<s>");
    config.put("eos_token", "</s>").set("chat_template", template);
    Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "{{ messages | shout }}^line 1: not supported: filter shout",
        "{{ strftime_now(bos_token) }}^line 1: not supported: Could not resolve function"
            + " 'strftime_now'",
        "{{ messages[0].content.upper() }}^Cannot find method upper",
        "{% generation %}x{% endgeneration %}^Unknown tag: generation",
        "{% if x %^line 1: not supported: Unclosed token",
      })
  void shouldNameTheConstructWhenItIsNotSupported(String template, String message)
      throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    assertThatThrownBy(() -> ChatTemplate.find(folder).orElseThrow().render(USER, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chat_template.jinja, line 1: ")
        .hasMessageContaining(message);
  }

  @Test
  void shouldTakeTheFileBeforeTheConfigAndTheDefaultOfSeveral() throws IOException {
    assertThat(ChatTemplate.find(folder)).isEmpty();
    config(JSON.getNodeFactory().nullNode());
    assertThat(ChatTemplate.find(folder)).isEmpty();
    config(
        JSON.readTree(
            "[{\"name\": \"tools\", \"template\": \"t\"}, {\"name\": \"default\", \"template\":"
                + " \"d\"}]"));
    assertThat(ChatTemplate.find(folder).orElseThrow().render(USER, true)).isEqualTo("d");
    config(JSON.readTree("[{\"name\": \"tools\", \"template\": \"t\"}]"));
    assertThatThrownBy(() -> ChatTemplate.find(folder))
        .hasMessageContaining(
            "chat_template: expected a template, or a list with one called default");
    Files.writeString(
        folder.resolve("chat_template.jinja"), "{{ messages[0].content }}{{ bos_token }}");
    assertThat(ChatTemplate.find(folder).orElseThrow().render(USER, true)).isEqualTo("abc<s>");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{");
    assertThatThrownBy(() -> ChatTemplate.find(folder))
        .hasMessageContaining("tokenizer_config.json: not valid JSON");
  }
}
