package dev.edit.generator.domain.stage;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Replies from a script, in order, and remembers what it was asked. */
public final class ScriptedTeacher implements Teacher {
  public static final TeacherUsage USAGE = new TeacherUsage("scripted", 10, 5);

  private final Queue<Reply> script = new ArrayDeque<>();
  private final List<ChatRequest> asked = new ArrayList<>();

  public ScriptedTeacher(Reply... replies) {
    script.addAll(List.of(replies));
  }

  public static ScriptedTeacher saying(String... texts) {
    ScriptedTeacher teacher = new ScriptedTeacher();
    for (String text : texts) {
      teacher.script.add(new Reply.Answered(text, USAGE));
    }
    return teacher;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    asked.add(request);
    Reply next = script.poll();
    if (next == null) {
      throw new AssertionError("asked more often than scripted: " + asked.size());
    }
    return CompletableFuture.completedStage(next);
  }

  public List<ChatRequest> asked() {
    return asked;
  }
}
