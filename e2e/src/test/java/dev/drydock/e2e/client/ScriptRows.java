package dev.drydock.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.cluster.TestLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs in other languages do: they print "ok" for each thing that works.
interface ScriptRows {
  /// Runs on the Node.js that Debian has; the next major version wants a newer one.
  String CLIENT_NODE = "@kubernetes/client-node@1.4.0";

  TestLab lab();

  @Test
  default void javaScriptUsesTheClusterThroughItsOfficialClient(@TempDir Path folder)
      throws IOException {
    Tools.require("skipped: there is no node here", folder, "node", "--version");
    Tools.require("skipped: there is no npm here", folder, "npm", "--version");
    Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
    Tools.require(
        "skipped: npm can't fetch " + CLIENT_NODE,
        folder,
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
        CLIENT_NODE);
    Files.writeString(folder.resolve("client.mjs"), Manifest.text("client.mjs"));
    assertThat(run(folder, "node", "client.mjs"))
        .isEqualTo(
            """
            ok create
            ok patch
            ok any kind
            ok watch
            ok informer
            ok logs
            ok exec
            ok port-forward
            ok delete
            """);
  }

  @Test
  default void pythonUsesTheClusterThroughDebiansClient(@TempDir Path folder) throws IOException {
    Tools.require(
        "skipped: python3-kubernetes is not installed (.ci/stock-clients does that)",
        folder,
        "/usr/bin/python3",
        "-c",
        "import kubernetes");
    Files.writeString(folder.resolve("client.py"), Manifest.text("client.py"));
    assertThat(run(folder, "/usr/bin/python3", "client.py"))
        .isEqualTo(
            """
            ok create
            ok patch
            ok deployment
            ok dynamic
            ok watch
            ok logs
            ok exec
            ok delete
            """);
  }

  @Test
  default void goUsesTheClusterThroughKubernetesOwnClient(@TempDir Path folder) {
    Path client = Tools.fetched("client-go");
    Assumptions.assumeTrue(
        Files.isExecutable(client), "skipped: no Go client (.ci/stock-clients compiles it)");
    assertThat(run(folder, client.toString()))
        .isEqualTo(
            """
            ok create
            ok patch
            ok apply
            ok dynamic
            ok discovery
            ok openapi
            ok informer
            ok watch
            ok election
            ok events
            ok eviction
            ok authority
            ok logs
            ok exec
            ok port-forward
            ok delete
            """);
  }

  private String run(Path folder, String... command) {
    String config = lab().folder().resolve("kubeconfig").toString();
    return Tools.run(folder, Map.of("KUBECONFIG", config), command).text();
  }
}
