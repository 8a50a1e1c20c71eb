package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import java.util.concurrent.CompletionStage;

/** Something that is written down about every reply that was paid for. */
@FunctionalInterface
interface Book {
  /** Completes when what there is to write will survive the end of this process. */
  CompletionStage<Void> enter(ChatRequest request, Reply reply);
}
