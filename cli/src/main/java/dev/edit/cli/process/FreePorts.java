package dev.edit.cli.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of 127.0.0.1 that nothing listens on at the moment of the call. */
public final class FreePorts {
  private FreePorts() {}

  /**
   * Distinct free ports.
   *
   * @throws ServiceFailure if there are not so many
   */
  public static List<Integer> take(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new ServiceFailure("no %d free ports on 127.0.0.1: %s".formatted(count, e), e);
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new ServiceFailure("cannot release port " + socket.getLocalPort(), e);
    }
  }
}
