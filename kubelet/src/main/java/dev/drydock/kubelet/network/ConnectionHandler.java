package dev.drydock.kubelet.network;

import java.io.IOException;

/// What a server does with one connection. Runs on a virtual thread of its own; the connection is
/// closed when it returns or throws.
@FunctionalInterface
public interface ConnectionHandler {
  void handle(Connection connection) throws IOException, InterruptedException;
}
