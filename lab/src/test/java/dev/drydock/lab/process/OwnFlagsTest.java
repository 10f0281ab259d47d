package dev.drydock.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFlagsTest {
  @TempDir private Path home;

  @Test
  void flagsOfAPersonReplaceTheLabsOfTheSameName() throws IOException {
    Files.createDirectories(home.resolve("flags"));
    Files.writeString(
        home.resolve("flags/api-server"), "# mine\n--authorization-mode=RBAC\n\n--v=4\n");
    Files.writeString(home.resolve("flags/kubelet"), "--v=2");
    Files.writeString(home.resolve("flags/kubelet-node-1"), "--v=3");
    var flags = new OwnFlags(new LabHome(home));
    assertThat(
            flags.of(Component.of(Role.API_SERVER), List.of("--authorization-mode=Node", "--a=b")))
        .containsExactly("--a=b", "--authorization-mode=RBAC", "--v=4");
    assertThat(flags.of(Component.of(Role.KUBELET, new LabNode("node-1", 1)), List.of("--v=1")))
        .containsExactly("--v=3");
    assertThat(flags.of(Component.of(Role.SCHEDULER), List.of("--v=1"))).containsExactly("--v=1");
  }
}
