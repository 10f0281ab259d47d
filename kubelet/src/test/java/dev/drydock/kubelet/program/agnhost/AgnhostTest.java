package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.program.Sandbox;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.program.grpc.Health;
import dev.drydock.kubelet.program.grpc.HealthCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class AgnhostTest {

  private static Sandbox ran(String script) throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", script);
    box.exit.get(10, TimeUnit.SECONDS);
    return box;
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiterString = "=>",
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '\u0001',
      value = {
        "/agnhost entrypoint-tester a b => [/agnhost entrypoint-tester a b]",
        "agnhost mounttest --file_content=/etc/os-release"
            + " => content of file \"/etc/os-release\": NAME=Drydock",
        "agnhost mounttest --new_file_0660=/tmp/f --file_perm=/tmp/f"
            + " => content of file \"/tmp/f\": mount-tester new file||"
            + "perms of file \"/tmp/f\": -rw-rw----",
        "echo x > /tmp/f; chmod 400 /tmp/f; agnhost mounttest --file_mode=/tmp/f"
            + " => mode of file \"/tmp/f\": -r--------",
        "agnhost mounttest --file_content=/nope; echo $?"
            + " => error reading file content for \"/nope\": open /nope: no such file or"
            + " directory|1",
        "mkdir -p /proc/sys/kernel; echo 1 > /proc/sys/kernel/x; sysctl kernel.x; sysctl -n"
            + " kernel/x => kernel.x = 1|1",
        "sysctl no.such; echo $? => 1",
        "agnhost nonsense; echo $? => 1",
      })
  void aCommandPrints(String script, String expected) throws Exception {
    assertThat(ran(script).out().strip().replace("\n", "|")).isEqualTo(expected);
  }

  @Test
  void aHealthServerSaysWhetherItServes() throws Exception {
    Sandbox box = new Sandbox();
    box.start(
        "agnhost",
        "grpc-health-checking",
        "--port=5001",
        "--http-port=8081",
        "--service=a",
        "--delay-unhealthy-sec=1000000");
    while (!box.out().contains("listen on :8081")) {
      Thread.onSpinWait();
    }
    assertThat(health(box, "a")).isEqualTo(new Health.Answer.Status(Health.Serving.SERVING));
    assertThat(health(box, "")).isEqualTo(Health.unknownService());
    box.ask("http://10.244.1.2:8081/make-not-serving");
    assertThat(health(box, "a")).isEqualTo(new Health.Answer.Status(Health.Serving.NOT_SERVING));
    box.ask("http://10.244.1.2:8081/make-serving");
    assertThat(health(box, "a")).isEqualTo(new Health.Answer.Status(Health.Serving.SERVING));
    box.clock.advance(Duration.ofSeconds(1_000_000));
    assertThat(health(box, "a")).isEqualTo(new Health.Answer.Status(Health.Serving.NOT_SERVING));
    box.processes.find(1).orElseThrow().signal(Signal.KILL);
  }

  private static Health.Answer health(Sandbox box, String service) throws IOException {
    Endpoint server = new Endpoint("10.244.1.2", 5001);
    try (Connection connection =
        box.network.node("10.244.1.3").host().dial(Protocol.TCP, server, Duration.ofSeconds(5))) {
      return new HealthCall(server.toString(), "test", service).send(connection);
    }
  }

  @Test
  void serversAnswerEachOther() throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", "SERVE_PORT_81=hi agnhost porter & agnhost netexec --http-port=80");
    while (!box.ask("http://10.244.1.2:81/").equals("hi")
        || !box.ask("http://10.244.1.2/hostname").equals("web")) {
      Thread.onSpinWait();
    }
    assertThat(box.ask("http://10.244.1.2/shell?cmd=echo%20a")).isEqualTo("{\"output\":\"a\\n\"}");
    assertThat(box.ask("http://10.244.1.2/dial?host=10.244.1.2&port=81&request=x&tries=2"))
        .isEqualTo("{\"responses\":[\"hi\",\"hi\"]}");
    var answer = new ByteArrayOutputStream();
    Task asking = box.also(answer, "sh", "-c", "echo hostName | nc -w 1 -u 10.244.1.2 8081");
    while (!answer.toString(UTF_8).equals("web")) {
      Thread.onSpinWait();
    }
    while (!asking.hasEnded()) {
      box.clock.advance(Duration.ofSeconds(1));
    }
    box.processes.find(1).orElseThrow().signal(Signal.KILL);
  }

  @Test
  void aGuestbookTellsItsReplicas() throws Exception {
    Sandbox box = new Sandbox();
    box.network.name("agnhost-primary", "10.244.1.2");
    box.network.name("agnhost-replica", "10.244.1.2");
    box.start(
        "sh",
        "-c",
        "agnhost guestbook --http-port 6379 --backend-port 6380 &"
            + " until wget -qO- http://10.244.1.2:6379/get; do :; done;"
            + " agnhost guestbook --http-port 80 &"
            + " agnhost guestbook --http-port 81 --backend-port 6380 &"
            + " agnhost guestbook --http-port 6380 --replicaof agnhost-primary");
    while (!box.err().contains("Registered to node: agnhost-primary")) {
      Thread.onSpinWait();
    }
    String get = "http://10.244.1.2:81/guestbook?cmd=get&key=messages";
    while (!box.ask(get).equals("{\"data\":\"\"}")) {
      Thread.onSpinWait();
    }
    String set = "http://10.244.1.2/guestbook?cmd=set&key=messages&value=a%20b";
    while (!box.ask(set).equals("{\"message\":\"Updated\"}")) {
      Thread.onSpinWait();
    }
    assertThat(box.ask(get)).isEqualTo("{\"data\":\"a b\"}");
    assertThat(box.ask("http://10.244.1.2:6380/get"))
        .isEqualTo("{\"data\":{\"messages\":\"a b\"}}");
    box.processes.find(1).orElseThrow().signal(Signal.KILL);
  }
}
