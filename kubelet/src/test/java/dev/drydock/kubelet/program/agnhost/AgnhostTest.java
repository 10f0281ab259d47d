package dev.drydock.kubelet.program.agnhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.kubelet.program.Sandbox;
import dev.drydock.kubelet.program.Signal;
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
        "agnhost nonsense; echo $? => 1",
      })
  void aCommandPrints(String script, String expected) throws Exception {
    assertThat(ran(script).out().strip().replace("\n", "|")).isEqualTo(expected);
  }

  @Test
  void serversAnswerEachOther() throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", "SERVE_PORT_81=hi agnhost porter & agnhost netexec --http-port=80");
    while (!box.out().contains("Started HTTP")) {
      Thread.onSpinWait();
    }
    while (!box.ask("http://10.244.1.2:81/").equals("hi")) {
      Thread.onSpinWait();
    }
    assertThat(box.ask("http://10.244.1.2/hostname")).isEqualTo("web");
    assertThat(box.ask("http://10.244.1.2/shell?cmd=echo%20a")).isEqualTo("{\"output\":\"a\\n\"}");
    assertThat(box.ask("http://10.244.1.2/dial?host=10.244.1.2&port=81&request=x&tries=2"))
        .isEqualTo("{\"responses\":[\"hi\",\"hi\"]}");
    assertThat(box.said("sh", "-c", "echo hostName | nc -w 1 -u 10.244.1.2 8081")).isEqualTo("web");
    box.processes.find(1).orElseThrow().signal(Signal.KILL);
  }
}
