package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast workers call: as fast as they may, and no faster. */
class PaceIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final Duration LATENCY = Duration.ofMillis(500);
  private static final int CONCURRENCY = 256;
  private static final int WARM_UP = FULL ? 3_000 : 200;
  private static final int PROBLEMS = FULL ? 10_000 : 800;

  /** The default size is mostly start and end, on a machine that may do other things as well. */
  private static final double BAR = FULL ? 0.95 : 0.3;

  @TempDir Path folder;

  /**
   * One worker, a teacher that takes half a second whatever it is asked, 256 calls at once: the
   * ideal is 512 calls a second, counted from the first call to half a second after the last.
   */
  @Test
  void shouldKeepTheTeacherBusyWhenItIsSlow() throws Exception {
    try (SlowChats teacher = new SlowChats(SlowChats.scripted(LATENCY));
        TestBed bed = new TestBed(folder, teacher.url())) {
      bed.set("EDIT_GENERATOR_CONCURRENCY", Integer.toString(CONCURRENCY));
      try (Worker worker = bed.start("pace")) {
        await().atMost(Duration.ofMinutes(3)).until(worker::ready);
        bed.publish(WARM_UP, PaceIT::behaviour);
        awaitDuals(worker, WARM_UP);
        teacher.restart();
        bed.publish(WARM_UP, WARM_UP + PROBLEMS, PaceIT::behaviour);
        awaitDuals(worker, WARM_UP + PROBLEMS);
        int calls = teacher.calls().size();
        double seconds = seconds(teacher) + LATENCY.toMillis() / 1e3;
        double ideal = calls * LATENCY.toMillis() / 1e3 / CONCURRENCY;
        System.out.printf(
            "pace: %d calls of %d ms, at most %d at once, in %.2f s; ideal %.2f s, ratio %.3f,"
                + " resident %d MiB%n",
            calls,
            LATENCY.toMillis(),
            teacher.mostOut(),
            seconds,
            ideal,
            ideal / seconds,
            worker.residentMiB());
        assertThat(teacher.mostOut()).isLessThanOrEqualTo(CONCURRENCY);
        assertThat(ideal / seconds).isGreaterThanOrEqualTo(BAR);
      }
    }
  }

  /** Two workers, one account of 1,200 requests a minute: 20 calls a second, about half each. */
  @Test
  void shouldShareTheAccountsLimitWhenThereAreTwoWorkers() throws Exception {
    int perSecond = 20;
    Duration measured = FULL ? Duration.ofSeconds(60) : Duration.ofSeconds(6);
    try (SlowChats teacher = new SlowChats(SlowChats.scripted(Duration.ofMillis(20)));
        TestBed bed = new TestBed(folder, teacher.url())) {
      bed.set("EDIT_GENERATOR_TEACHER_LIMITS_REQUESTS_PER_MINUTE", "" + perSecond * 60);
      bed.publish(10_000, i -> "right");
      try (Worker one = named(bed, "one");
          Worker other = named(bed, "other")) {
        await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> workers(one) == 2 && workers(other) == 2 && callers(teacher) == 2);
        teacher.restart();
        long start = System.nanoTime();
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> System.nanoTime() - start > measured.toNanos());
        Map<String, Long> byWorker =
            teacher.calls().stream()
                .filter(call -> call.nanos() - start < measured.toNanos())
                .collect(Collectors.groupingBy(SlowChats.Call::key, Collectors.counting()));
        long most = perSecond * measured.toSeconds();
        System.out.printf("pace: two workers, at most %d calls together, %s%n", most, byWorker);
        assertThat(byWorker.values().stream().mapToLong(n -> n).sum())
            .isBetween((long) (most * 0.7), most + perSecond);
        assertThat(byWorker.values()).allMatch(calls -> calls > most / 4);
      }
    }
  }

  private static Worker named(TestBed bed, String name) {
    return bed.set("EDIT_GENERATOR_TEACHER_API_KEY", name).start(name);
  }

  private static double workers(Worker worker) {
    return worker.metric("edit_generator_workers");
  }

  private static long callers(SlowChats teacher) {
    return teacher.calls().stream().map(SlowChats.Call::key).distinct().count();
  }

  /** Three in ten are wrong at first, so that pairs to show are soon at hand; two calls each. */
  private static String behaviour(int i) {
    return i % 10 < 3 ? "wrong" : "right";
  }

  private static double seconds(SlowChats teacher) {
    List<Long> times = teacher.calls().stream().map(SlowChats.Call::nanos).sorted().toList();
    return (times.get(times.size() - 1) - times.get(0)) / 1e9;
  }

  private static void awaitDuals(Worker worker, int count) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> worker.metric("edit_generator_duals_total") >= count);
  }
}
