package dev.edit.generator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Replies in a {@link TextStore}, under what was asked: all that were paid for. */
final class StoredReplies implements Book {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAP = "replies";

  private final TextStore store;
  private final ReplyKey key;

  StoredReplies(TextStore store, ReplyKey key) {
    this.store = store;
    this.key = key;
  }

  /** A kept reply's form on disk; {@code flaw} is null for an answer. */
  record Kept(String flaw, String text, String model, long promptTokens, long completionTokens) {}

  /** The kept reply, if there is one. */
  CompletionStage<Optional<Reply>> find(ChatRequest request) {
    return store.get(MAP, key.of(request)).thenApply(kept -> kept.map(StoredReplies::decode));
  }

  @Override
  public CompletionStage<Void> enter(ChatRequest request, Reply reply) {
    return isPaidFor(reply)
        ? store.put(MAP, key.of(request), encode(reply))
        : CompletableFuture.completedStage(null);
  }

  private static boolean isPaidFor(Reply reply) {
    return reply instanceof Reply.Answered
        || (reply instanceof Reply.Unusable unusable
            && unusable.flaw() != Flaw.MALFORMED
            && unusable.flaw() != Flaw.OVERSIZE);
  }

  private static String encode(Reply reply) {
    Kept kept;
    if (reply instanceof Reply.Answered answered) {
      kept = kept(null, answered.text(), answered.usage());
    } else if (reply instanceof Reply.Unusable unusable) {
      kept = kept(unusable.flaw().name(), unusable.message(), unusable.usage());
    } else {
      throw new IllegalArgumentException("only what was paid for is kept, not " + reply.outcome());
    }
    try {
      return JSON.writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reply of texts and numbers has a JSON form", e);
    }
  }

  private static Kept kept(String flaw, String text, TeacherUsage usage) {
    return new Kept(flaw, text, usage.model(), usage.promptTokens(), usage.completionTokens());
  }

  private static Reply decode(String json) {
    try {
      Kept kept = JSON.readValue(json, Kept.class);
      TeacherUsage usage = new TeacherUsage(kept.model, kept.promptTokens, kept.completionTokens);
      return kept.flaw == null
          ? new Reply.Answered(kept.text, usage)
          : new Reply.Unusable(Reply.Flaw.valueOf(kept.flaw), kept.text, usage);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the response cache holds an unreadable reply", e);
    }
  }
}
