package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.kubelet.program.Sandbox;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TarTest {

  private static Sandbox ran(byte[] input, String... command) throws Exception {
    var sandbox = new Sandbox();
    sandbox.start(input, command);
    sandbox.exit.get(10, TimeUnit.SECONDS);
    return sandbox;
  }

  @Test
  void whatWasPackedIsThereWhenUnpacked() throws Exception {
    String longName = "n".repeat(120);
    Sandbox sandbox =
        ran(
            new byte[0],
            "sh",
            "-c",
            "mkdir -p /tmp/a/b /tmp/to; echo one > /tmp/a/b/one; echo two > /tmp/a/"
                + longName
                + "; tar cf - -C /tmp a | tar xmf - -C /tmp/to; cat /tmp/to/a/b/one /tmp/to/a/"
                + longName);
    assertThat(sandbox.out()).isEqualTo("one\ntwo\n");
    assertThat(sandbox.err()).isEmpty();
  }

  @Test
  void aLeadingSlashIsRemovedAndThatIsSaid() throws Exception {
    Sandbox sandbox = ran(new byte[0], "sh", "-c", "tar cf - /etc/os-release | tar tf -");
    assertThat(sandbox.out()).isEqualTo("etc/os-release\n");
    assertThat(sandbox.err()).isEqualTo("tar: Removing leading `/' from member names\n");
  }

  @Test
  void aMissingFileFailsAtTheEnd() throws Exception {
    Sandbox sandbox = ran(new byte[0], "tar", "cf", "-", "/none");
    assertThat(sandbox.exit.get()).isEqualTo(2);
    assertThat(sandbox.err()).contains("tar: /none: Cannot stat: No such file or directory");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws Exception {
    Sandbox sandbox = ran("x".repeat(600).getBytes(UTF_8), "tar", "xf", "-");
    assertThat(sandbox.exit.get()).isNotZero();
  }
}
