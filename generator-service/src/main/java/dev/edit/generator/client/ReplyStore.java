package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.Reply;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps replies by key. */
public interface ReplyStore {
  /** The kept reply, if there is one. */
  Optional<Reply> find(String key);

  /** Completes when the reply will survive the end of this process. */
  CompletionStage<Void> keep(String key, Reply reply);
}
