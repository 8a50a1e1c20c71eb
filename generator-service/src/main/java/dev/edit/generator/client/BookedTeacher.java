package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hands a reply on only after it is in all books, which are written at the same time; inside of the
 * limit on concurrency this means that a kill costs no more than the calls in flight.
 */
final class BookedTeacher implements Teacher {
  private final Teacher teacher;
  private final List<Book> books;
  private final GeneratorMetrics metrics;

  BookedTeacher(Teacher teacher, List<Book> books, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.books = List.copyOf(books);
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    return teacher.ask(request).thenCompose(reply -> entered(request, reply));
  }

  private CompletionStage<Reply> entered(ChatRequest request, Reply reply) {
    CompletableFuture<?>[] entries =
        books.stream()
            .map(book -> enter(book, request, reply).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(entries).thenApply(done -> reply);
  }

  /** A book that cannot be written costs money later; losing the reply would cost it now. */
  private CompletionStage<Void> enter(Book book, ChatRequest request, Reply reply) {
    return book.enter(request, reply)
        .exceptionally(
            failure -> {
              metrics.cacheWriteFailed();
              return null;
            });
  }
}
