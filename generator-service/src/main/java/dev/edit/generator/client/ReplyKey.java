package dev.edit.generator.client;

import dev.edit.contracts.codec.Sha256;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import java.nio.charset.StandardCharsets;

/**
 * What a reply is kept under: a hash of everything that has a say in it.
 *
 * @param model the model's name
 * @param parameters what is sent with every request beside its own sampling, as text
 */
record ReplyKey(String model, String parameters) {

  /** Lengths stand before texts, so that no two requests share their bytes. */
  String of(ChatRequest request) {
    Sha256 digest = new Sha256();
    update(digest, model);
    update(digest, parameters);
    for (ChatMessage message : request.messages()) {
      update(digest, message.role().wireName());
      update(digest, message.content());
    }
    update(digest, request.sampling().toString());
    update(digest, Integer.toString(request.attempt()));
    return digest.hex();
  }

  private static void update(Sha256 digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.add((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.add(bytes);
  }
}
