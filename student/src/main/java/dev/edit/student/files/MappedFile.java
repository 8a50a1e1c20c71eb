package dev.edit.student.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file of any size in virtual memory: the operating system brings in what is read and may drop it
 * again. Java maps at most 2 GiB at a time, so it is mapped in windows. The mapping ends when the
 * garbage collector finds it unused.
 */
final class MappedFile {
  private static final int WINDOW_BITS = 30;

  private final MappedByteBuffer[] windows;

  private MappedFile(MappedByteBuffer[] windows) {
    this.windows = windows;
  }

  static MappedFile of(FileChannel file) throws IOException {
    long size = file.size();
    int count = Math.toIntExact((size + (1L << WINDOW_BITS) - 1) >> WINDOW_BITS);
    MappedByteBuffer[] windows = new MappedByteBuffer[count];
    for (int i = 0; i < count; i++) {
      long from = (long) i << WINDOW_BITS;
      windows[i] =
          file.map(FileChannel.MapMode.READ_ONLY, from, Math.min(size - from, 1L << WINDOW_BITS));
    }
    return new MappedFile(windows);
  }

  static MappedFile of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return of(channel);
    }
  }

  /** Fills the rest of {@code target} with the bytes from {@code position} on. */
  void read(long position, ByteBuffer target) {
    long at = position;
    while (target.hasRemaining()) {
      MappedByteBuffer window = windows[(int) (at >> WINDOW_BITS)];
      int start = (int) (at & (1L << WINDOW_BITS) - 1);
      int count = Math.min(target.remaining(), window.limit() - start);
      target.put(target.position(), window, start, count);
      target.position(target.position() + count);
      at += count;
    }
  }
}
