package dev.drydock.apiserver.webhook;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.apiserver.tls.ClientTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Sends reviews to webhooks over HTTPS, one connection a call. Sessions of TLS are resumed, for
/// each bundle of certificates has a context of its own.
public final class WebhookClient {
  private static final int HTTPS = 443;
  private static final int OK = 200;

  private final Dialer dialer;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, SSLContext> contexts = new ConcurrentHashMap<>();

  public WebhookClient(Dialer dialer, InstantSource clock) {
    this.dialer = dialer;
    this.clock = clock;
  }

  /// Where a call goes.
  ///
  /// @param server whose certificate is expected
  private record Route(String server, int port, String path) {
    String url() {
      return "https://" + server + ":" + port + path;
    }
  }

  /// Asks, and waits for the answer. Blocks.
  ///
  /// @param review AdmissionReview or ConversionReview
  /// @throws WebhookException with the reason as Kubernetes words it
  public ObjectNode send(ClientConfig config, ObjectNode review, Duration timeout)
      throws WebhookException {
    Route route = route(config, timeout);
    try {
      HttpsExchange.Answer answer = exchange(config, route, review, timeout);
      if (answer.code() != OK) {
        throw new WebhookException(refusal(answer));
      }
      return TreeCodec.read(answer.body().getBytes(StandardCharsets.UTF_8));
    } catch (SocketTimeoutException e) {
      throw failed(route, "context deadline exceeded");
    } catch (UnknownHostException e) {
      throw failed(route, "dial tcp: lookup " + route.server() + ": no such host");
    } catch (ConnectException e) {
      throw failed(
          route,
          "dial tcp " + route.server() + ":" + route.port() + ": connect: connection refused");
    } catch (SSLException e) {
      throw failed(route, "tls: failed to verify certificate: x509: " + e.getMessage());
    } catch (IOException e) {
      throw failed(route, e.getMessage() == null ? "EOF" : e.getMessage());
    } catch (JacksonException e) {
      throw new WebhookException("couldn't get the response as JSON: " + e.getOriginalMessage());
    }
  }

  private static WebhookException failed(Route route, String reason) {
    return new WebhookException("failed to call webhook: Post \"" + route.url() + "\": " + reason);
  }

  private static String refusal(HttpsExchange.Answer answer) {
    String body = answer.body().strip();
    if (answer.code() >= 500) {
      return "failed to call webhook: an error on the server (\""
          + body
          + "\") has prevented the request from succeeding";
    }
    return "failed to call webhook: "
        + switch (answer.code()) {
          case 404 -> "the server could not find the requested resource";
          case 401 -> "the server has asked for the client to provide credentials";
          case 403 -> "forbidden: " + body;
          default ->
              "the server rejected our request for an unknown reason (code " + answer.code() + ")";
        };
  }

  private static Route route(ClientConfig config, Duration timeout) throws WebhookException {
    String query = "timeout=" + timeout.toSeconds() + "s";
    return switch (config.place()) {
      case ClientConfig.Place.Service service ->
          new Route(
              service.name() + "." + service.namespace() + ".svc",
              service.port(),
              service.path() + "?" + query);
      case ClientConfig.Place.Url(String url) -> {
        try {
          URI uri = URI.create(url);
          String path =
              uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
          String own = uri.getRawQuery() == null ? "" : uri.getRawQuery() + "&";
          yield new Route(
              uri.getHost(), uri.getPort() < 0 ? HTTPS : uri.getPort(), path + "?" + own + query);
        } catch (IllegalArgumentException | NullPointerException e) {
          throw new WebhookException("Unable to parse webhook URL: " + url);
        }
      }
    };
  }

  private HttpsExchange.Answer exchange(
      ClientConfig config, Route route, ObjectNode review, Duration timeout)
      throws IOException, WebhookException {
    var deadline = clock.instant().plus(timeout);
    try (Socket plain = dial(config, route, timeout);
        SSLSocket socket = secure(config, route, plain)) {
      Duration left = Duration.between(clock.instant(), deadline);
      socket.setSoTimeout(Math.toIntExact(Math.max(1, left.toMillis())));
      socket.startHandshake();
      return new HttpsExchange(socket, () -> Duration.between(clock.instant(), deadline))
          .post(route.server() + ":" + route.port(), route.path(), TreeCodec.write(review));
    }
  }

  private Socket dial(ClientConfig config, Route route, Duration timeout)
      throws IOException, WebhookException {
    return switch (config.place()) {
      case ClientConfig.Place.Service service -> {
        try {
          yield dialer.dial(service, timeout);
        } catch (WebhookException e) {
          throw failed(route, e.text());
        }
      }
      case ClientConfig.Place.Url url -> dialer.dial(route.server(), route.port(), timeout);
    };
  }

  private SSLSocket secure(ClientConfig config, Route route, Socket plain)
      throws IOException, WebhookException {
    SSLSocket socket =
        (SSLSocket)
            context(config.caBundle())
                .getSocketFactory()
                .createSocket(plain, route.server(), route.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private SSLContext context(String bundle) throws WebhookException {
    try {
      return contexts.computeIfAbsent(bundle, pem -> ClientTls.context(pem, null));
    } catch (IllegalArgumentException broken) {
      throw new WebhookException(
          "unable to load root certificates: unable to parse bytes as PEM block");
    }
  }
}
