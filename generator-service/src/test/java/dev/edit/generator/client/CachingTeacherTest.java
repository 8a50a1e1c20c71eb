package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.generator.domain.stage.ScriptedTeacher;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingTeacherTest {
  private static final Reply ANSWER = new Reply.Answered("four\n\u2713", ScriptedTeacher.USAGE);

  @TempDir Path folder;

  @Test
  void shouldBuyAReplyOnceWhenTheProcessStartsAgain() {
    ScriptedTeacher teacher = new ScriptedTeacher(ANSWER);
    for (int start = 0; start < 3; start++) {
      try (DiskStore store = new DiskStore(folder)) {
        assertThat(ask(teacher, store, request("2 + 2", 0.2, 1))).isEqualTo(ANSWER);
      }
    }
    assertThat(teacher.asked()).hasSize(1);
  }

  @Test
  void shouldKeepTruncatedRepliesForTheyArePaidFor() {
    Reply cut = new Reply.Unusable(Flaw.TRUNCATED, "cut", ScriptedTeacher.USAGE);
    ScriptedTeacher teacher = new ScriptedTeacher(cut);
    try (DiskStore store = new DiskStore(folder)) {
      assertThat(ask(teacher, store, request("2 + 2", 0.2, 1))).isEqualTo(cut);
      assertThat(ask(teacher, store, request("2 + 2", 0.2, 1))).isEqualTo(cut);
    }
  }

  @Test
  void shouldAskAgainWhenAnythingOfTheRequestDiffers() {
    ScriptedTeacher teacher = new ScriptedTeacher(ANSWER, ANSWER, ANSWER, ANSWER);
    try (DiskStore store = new DiskStore(folder)) {
      ask(teacher, store, request("2 + 2", 0.2, 1));
      ask(teacher, store, request("2 + 3", 0.2, 1));
      ask(teacher, store, request("2 + 2", 0.3, 1));
      ask(teacher, store, request("2 + 2", 0.2, 2));
    }
    assertThat(teacher.asked()).hasSize(4);
  }

  @Test
  void shouldNotKeepWhatIsNoReply() {
    ScriptedTeacher teacher =
        new ScriptedTeacher(
            new Reply.Unavailable("down", Optional.empty()),
            new Reply.Refused(401, "key"),
            new Reply.Unusable(Flaw.MALFORMED, "html", ScriptedTeacher.USAGE),
            ANSWER);
    try (DiskStore store = new DiskStore(folder)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(teacher, store, request("2 + 2", 0.2, 1))).isNotEqualTo(ANSWER);
      }
      assertThat(ask(teacher, store, request("2 + 2", 0.2, 1))).isEqualTo(ANSWER);
    }
  }

  @Test
  void shouldReadTextsThatWereKeptAsSuchBefore() {
    try (MVStore old = MVStore.open(folder.resolve("replies.mv").toString())) {
      old.<String, String>openMap("replies").put("key", "Füße");
      old.<String, String>openMap("ledger").put("tokens", "7");
    }
    try (DiskStore store = new DiskStore(folder)) {
      assertThat(store.get("replies", "key").toCompletableFuture().join()).contains("Füße");
      assertThat(store.add("ledger", "tokens", 5).toCompletableFuture().join()).isEqualTo(12);
      store.put("replies", "key", "Hände").toCompletableFuture().join();
      assertThat(store.get("replies", "key").toCompletableFuture().join()).contains("Hände");
    }
  }

  @Test
  void shouldNameTheFolderWhenAnotherProcessHoldsIt() {
    try (DiskStore store = new DiskStore(folder)) {
      assertThat(store.get("replies", "none").toCompletableFuture().join()).isEmpty();
      assertThatThrownBy(() -> new DiskStore(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("edit.generator.cache")
          .hasMessageContaining(folder.toString());
    }
  }

  private static ChatRequest request(String text, double temperature, int attempt) {
    return new ChatRequest(
        List.of(ChatMessage.user(text)), new Sampling(temperature, 1, 10), attempt);
  }

  private static Reply ask(ScriptedTeacher teacher, DiskStore store, ChatRequest request) {
    StoredReplies replies = new StoredReplies(store, new ReplyKey("model", "parameters"));
    GeneratorMetrics metrics = new GeneratorMetrics(new SimpleMeterRegistry());
    Teacher booked = new BookedTeacher(teacher, List.of(replies), metrics);
    return new CachingTeacher(booked, replies, metrics).ask(request).toCompletableFuture().join();
  }
}
