package dev.edit.trainer.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What this process holds in memory, libtorch's tensors included, which no figure of the JVM
 * counts: {@code VmRSS} of Linux's {@code /proc/self/status} (proc_pid_status(5)).
 */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int KIB = 1024;

  private ResidentMemory() {}

  /** In bytes; empty where the system does not tell. */
  static OptionalLong bytes() {
    try {
      return Files.isReadable(STATUS) ? of(Files.readAllLines(STATUS)) : OptionalLong.empty();
    } catch (IOException e) {
      // A figure for people, without which training goes on as well.
      return OptionalLong.empty();
    }
  }

  /** Of the file's lines, such as {@code VmRSS:\t 734003 kB}. */
  static OptionalLong of(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(RESIDENT))
        .map(line -> line.substring(RESIDENT.length()).strip().split("\\s+"))
        .filter(words -> words.length == 2 && words[1].equals("kB"))
        .mapToLong(words -> Long.parseLong(words[0]) * KIB)
        .findFirst();
  }
}
