package dev.drydock.apiserver.webhook;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// Opens connections to Services and to addresses.
public interface Dialer {

  /// A connection to one of the Service's endpoints.
  ///
  /// @throws WebhookException when there is no such Service or nobody behind it
  Socket dial(ClientConfig.Place.Service service, Duration timeout)
      throws WebhookException, IOException;

  /// A connection to an address.
  default Socket dial(String host, int port, Duration timeout) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
