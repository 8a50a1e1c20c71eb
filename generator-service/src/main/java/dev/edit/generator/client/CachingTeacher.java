package dev.edit.generator.client;

import dev.edit.contracts.codec.Sha256;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Buys a reply once: everything that was paid for is kept, by a hash of model, messages and
 * parameters. A reply is handed on only after it is kept, so that a kill costs no more than the
 * calls in flight.
 */
public final class CachingTeacher implements Teacher {
  private final Teacher teacher;
  private final String model;
  private final ReplyStore store;
  private final GeneratorMetrics metrics;

  public CachingTeacher(Teacher teacher, String model, ReplyStore store, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.model = model;
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    String key = key(request);
    Optional<Reply> kept = store.find(key);
    metrics.cacheLookup(kept.isPresent());
    return kept.<CompletionStage<Reply>>map(CompletableFuture::completedStage)
        .orElseGet(() -> teacher.ask(request).thenCompose(reply -> keep(key, reply)));
  }

  private CompletionStage<Reply> keep(String key, Reply reply) {
    return paidFor(reply)
        ? store.keep(key, reply).handle((kept, failure) -> handOn(reply, failure))
        : CompletableFuture.completedStage(reply);
  }

  /** A cache that cannot write costs money later; losing the reply would cost it now. */
  private Reply handOn(Reply reply, Throwable failure) {
    if (failure != null) {
      metrics.cacheWriteFailed();
    }
    return reply;
  }

  private static boolean paidFor(Reply reply) {
    return reply instanceof Reply.Answered
        || (reply instanceof Reply.Unusable unusable
            && unusable.flaw() != Flaw.MALFORMED
            && unusable.flaw() != Flaw.OVERSIZE);
  }

  /** Lengths stand before texts, so that no two requests share their bytes. */
  private String key(ChatRequest request) {
    Sha256 digest = new Sha256();
    update(digest, model);
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
