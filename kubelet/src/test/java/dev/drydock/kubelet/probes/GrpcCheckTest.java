package dev.drydock.kubelet.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.InMemoryNetwork;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.probes.Check.Answer;
import dev.drydock.kubelet.program.grpc.Health;
import dev.drydock.kubelet.program.grpc.HealthServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class GrpcCheckTest {
  private static final Endpoint SERVER = new Endpoint("10.244.1.2", 5000);

  private final InMemoryNetwork network = new InMemoryNetwork();

  private void serve(ConnectionHandler handler) throws IOException {
    network.node(SERVER.host()).host().listen(SERVER.port(), Protocol.TCP, handler);
  }

  private Connection dial() throws IOException {
    return network.node("10.244.1.3").host().dial(Protocol.TCP, SERVER, Duration.ofSeconds(2));
  }

  private String said(String service) {
    GrpcCheck check = new GrpcCheck(SERVER, "kube-probe/1.36", service, Duration.ofSeconds(2));
    try (Connection connection = dial()) {
      return text(check.ask(connection));
    } catch (IOException e) {
      return text(check.failed(e));
    }
  }

  private static String text(Answer answer) {
    return answer.result() == Check.Result.SUCCESS ? "good" : answer.text();
  }

  private static Health.Answer health(String service) {
    return switch (service) {
      case "" -> new Health.Answer.Status(Health.Serving.SERVING);
      case "ill" -> new Health.Answer.Status(Health.Serving.NOT_SERVING);
      case "bare" -> new Health.Answer.Failed(12, "unknown service grpc.health.v1.Health");
      default -> Health.unknownService();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | good",
        "ill | service unhealthy (responded with \"NOT_SERVING\")",
        "odd | error: health rpc probe failed: rpc error: code = NotFound desc = unknown service",
        "bare | error: this server does not implement the grpc health protocol"
            + " (grpc.health.v1.Health): unknown service grpc.health.v1.Health",
      })
  void theAnswerIsWorded(String service, String expected) throws IOException {
    serve(new HealthServer(GrpcCheckTest::health));

    assertThat(said(service)).isEqualTo(expected);
  }

  @Test
  void aLongNameArrivesWhole() throws IOException {
    String name = "a".repeat(3000);
    serve(new HealthServer(service -> name.equals(service) ? health("") : Health.unknownService()));

    assertThat(said(name)).isEqualTo("good");
  }

  @Test
  void manyAskOverOneServer() throws IOException {
    serve(new HealthServer(GrpcCheckTest::health));

    for (int i = 0; i < 50; i++) {
      assertThat(said("")).isEqualTo("good");
    }
  }

  @Test
  void whoServesPagesBesideItIsAskedForBoth() throws IOException {
    serve(
        new HealthServer(GrpcCheckTest::health)
            .before(
                connection ->
                    connection
                        .output()
                        .write(
                            ("page "
                                    + new String(
                                        connection.input().readNBytes(3), StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8))));

    assertThat(said("")).isEqualTo("good");
    try (Connection connection = dial()) {
      connection.output().write("GET /".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(connection.input().readNBytes(8), StandardCharsets.UTF_8))
          .isEqualTo("page GET");
    }
  }

  @Test
  void whoIsNotThereCannotBeConnectedTo() {
    assertThat(said(""))
        .isEqualTo(
            "timeout: failed to connect service \"10.244.1.2:5000\" within 2s: context deadline"
                + " exceeded");
  }

  @Test
  void whoSpeaksAnotherProtocolCannotBeConnectedTo() throws IOException {
    serve(
        connection -> {
          byte[] page = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8);
          connection.output().write(page);
          connection.input().transferTo(OutputStream.nullOutputStream());
        });

    assertThat(said("")).startsWith("timeout: failed to connect service");
  }

  @Test
  void whoHangsUpOrDoesNotAnswerIsBlamedForThat() throws IOException {
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    serve(
        connection -> {
          connection.output().write(settings);
          connection.output().close();
          connection.input().transferTo(OutputStream.nullOutputStream());
        });
    GrpcCheck check = new GrpcCheck(SERVER, "kube-probe/1.36", "", Duration.ofSeconds(2));

    try (Connection connection = dial()) {
      assertThatThrownBy(() -> check.ask(connection))
          .isInstanceOfSatisfying(
              IOException.class,
              failure ->
                  assertThat(text(check.failed(failure)))
                      .isEqualTo(
                          "error: health rpc probe failed: rpc error: code = Unavailable desc ="
                              + " error reading from server: EOF"));
    }
    assertThat(text(check.failed(new SocketTimeoutException())))
        .isEqualTo("timeout: health rpc did not complete within 2s");
  }
}
