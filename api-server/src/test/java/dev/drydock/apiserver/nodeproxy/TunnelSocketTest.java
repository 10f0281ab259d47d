package dev.drydock.apiserver.nodeproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

final class TunnelSocketTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private static SSLContext tls() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=pod")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        bundle.toKeyManagerFactory().getKeyManagers(),
        bundle.toTrustManagerFactory().getTrustManagers(),
        null);
    return context;
  }

  private static Socket tunnel(ServerSocket server) throws Exception {
    return new TunnelSocket(SocketTunnel.connect("127.0.0.1", server.getLocalPort()));
  }

  @Test
  void theTransportSecurityOfTheJdkRunsThroughATunnel() throws Exception {
    SSLContext context = tls();
    try (var server = context.getServerSocketFactory().createServerSocket(0, 1, HERE)) {
      Thread echo =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket one = server.accept()) {
                      one.getInputStream().transferTo(one.getOutputStream());
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      try (Socket plain = tunnel(server);
          SSLSocket socket =
              (SSLSocket) context.getSocketFactory().createSocket(plain, "pod", 443, true)) {
        socket.startHandshake();
        socket.getOutputStream().write("hello".getBytes(UTF_8));
        assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
      }
      echo.join();
    }
  }

  @Test
  void readingGivesUpInTime() throws Exception {
    try (var server = new ServerSocket(0, 1, HERE);
        Socket socket = tunnel(server)) {
      socket.setSoTimeout(1);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
