package dev.drydock.apiserver.access.asking;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.time.Timers;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/// Sends a review to a server outside and takes its answer; asks again, a few times and ever more
/// slowly, when there was none. Connections are kept open by the JDK.
public final class ReviewServer {
  private static final int LARGEST = 3 * 1024 * 1024;
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final ServerAddress address;
  private final Duration timeout;
  private final Timers timers;

  /// @param timeout of one attempt
  public ReviewServer(ServerAddress address, Duration timeout, Timers timers) {
    this.address = address;
    this.timeout = timeout;
    this.timers = timers;
  }

  /// No answer.
  public static final class SilentException extends Exception {
    private static final long serialVersionUID = 1L;

    SilentException(String message) {
      super(message, null, false, false);
    }
  }

  /// Whether another attempt can help.
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  /// The review with its status. Blocks.
  ///
  /// @throws SilentException when there was none after all attempts
  public ObjectNode ask(ObjectNode review) throws SilentException {
    try {
      return TreeCodec.read(sent(TreeCodec.write(review)));
    } catch (ApiException useless) {
      throw new SilentException(String.valueOf(useless.getMessage()));
    }
  }

  /// Sends something whose answer says nothing. Blocks.
  ///
  /// @param body JSON
  /// @throws SilentException when it was not taken after all attempts
  public void tell(byte[] body) throws SilentException {
    sent(body);
  }

  private byte[] sent(byte[] body) throws SilentException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return post(body);
      } catch (Refusal useless) {
        throw new SilentException(String.valueOf(useless.getMessage()));
      } catch (IOException failure) {
        if (attempt == ATTEMPTS) {
          throw new SilentException("Post \"" + address.url() + "\": " + failure.getMessage());
        }
      }
      pause(pause);
      pause = pause.multipliedBy(3).dividedBy(2);
    }
  }

  private void pause(Duration pause) throws SilentException {
    var passed = new CountDownLatch(1);
    var timer = timers.after(pause, passed::countDown);
    try {
      passed.await();
    } catch (InterruptedException stopped) {
      timer.cancel();
      Thread.currentThread().interrupt();
      throw new SilentException("context canceled");
    }
  }

  private byte[] post(byte[] body) throws IOException {
    var connection = (HttpURLConnection) URI.create(address.url()).toURL().openConnection();
    SSLContext tls = address.tls();
    if (tls != null && connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls.getSocketFactory());
    }
    int millis = Math.toIntExact(timeout.toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Accept", "application/json, */*");
    connection.setRequestProperty("User-Agent", "kube-apiserver");
    if (!address.authorization().isEmpty()) {
      connection.setRequestProperty("Authorization", address.authorization());
    }
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
    int code = connection.getResponseCode();
    if (code == 429 || code >= 500) {
      connection.disconnect();
      throw new IOException("an error on the server has prevented the request from succeeding");
    }
    if (code < 200 || code > 299) {
      connection.disconnect();
      throw new Refusal("the server rejected our request (code " + code + ")");
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new Refusal("http: response body too large");
      }
      return bytes;
    }
  }
}
