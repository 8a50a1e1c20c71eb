package dev.edit.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

  @Test
  void shouldReadTheResidentSetWhenTheSystemTellsIt() {
    assertThat(ResidentMemory.of(List.of("VmPeak:\t 9 kB", "VmRSS:\t  734003 kB")))
        .hasValue(734_003L * 1024);
    assertThat(ResidentMemory.of(List.of("VmPeak:\t 9 kB"))).isEmpty();
  }

  @Test
  void shouldCountWhatThisProcessHolds() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "skipped: no /proc here");
    byte[] held = new byte[64 << 20];
    java.util.Arrays.fill(held, (byte) 1);

    assertThat(ResidentMemory.bytes().orElseThrow()).isGreaterThan(held.length);
  }
}
