package dev.edit.artifacts;

import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream. */
final class LimitedStream extends InputStream {
  private final InputStream in;
  private long left;

  LimitedStream(InputStream in, long limit) {
    this.in = in;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int value = left == 0 ? -1 : in.read();
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = in.read(target, from, (int) Math.min(length, left));
    left -= Math.max(count, 0);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
