package dev.drydock.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.cluster.TestLab;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator does that Java Operator SDK runs (the module `e2e-operator`): a finalizer,
/// dependents applied by the server, a status, and two processes of which one leads.
interface OperatorRows {
  TestLab lab();

  @Test
  default void anOperatorOfJavaOperatorSdkKeepsItsResources(@TempDir Path folder) {
    Path built = Path.of(System.getProperty("drydock.root", ".."), "e2e-operator", "target");
    lab().kubectlWithInput(Manifest.text("shop-crd.yaml"), "apply", "-f", "-");
    lab().kubectl("wait", "crd/shops.operator.drydock.test", "--for=condition=Established");
    lab()
        .kubectlWithInput(
            """
            apiVersion: operator.drydock.test/v1
            kind: Shop
            metadata: {name: corner}
            spec: {servers: 2}
            """,
            "apply",
            "-f",
            "-");
    try (var first = Running.start(lab(), built, folder, "first")) {
      waitFor("shop/corner", "jsonpath={.status.ready}=2");
      assertThat(get("shop/corner", "{.status.seenBy}")).isEqualTo("first");
      assertThat(get("shop/corner", "{.metadata.finalizers[0]}"))
          .isEqualTo("operator.drydock.test/closing");
      assertThat(get("configmap/corner", "{.data.index\\.html}")).isEqualTo("Welcome");
      assertThat(get("deployment/corner", "{.metadata.ownerReferences[0].kind}")).isEqualTo("Shop");
      assertThat(get("deployment/corner", "{.metadata.managedFields[?(@.manager==\"shops\")]}"))
          .contains("\"operation\":\"Apply\"");

      try (var second = Running.start(lab(), built, folder, "second")) {
        assertThat(second.process().isAlive()).isTrue();
        lab().kubectl("patch", "configmap/corner", "--type=merge", "-p", edited());
        waitFor("configmap/corner", "jsonpath={.data.index\\.html}=Welcome");
        lab().kubectl("delete", "configmap/corner");
        lab().kubectl("wait", "configmap/corner", "--for=create", "--timeout=30s");
        assertThat(get("lease/shops", "{.spec.holderIdentity}")).isEqualTo("first");

        first.process().destroyForcibly();
        waitFor("lease/shops", "jsonpath={.spec.holderIdentity}=second");
        lab().kubectl("patch", "shop/corner", "--type=merge", "-p", "{\"spec\":{\"servers\":1}}");
        waitFor("shop/corner", "jsonpath={.status.observedGeneration}=2");
        waitFor("shop/corner", "jsonpath={.status.ready}=1");
        assertThat(get("shop/corner", "{.status.seenBy}")).isEqualTo("second");

        lab().kubectl("delete", "shop/corner", "--timeout=30s");
        assertThat(get("configmap/corner-closed", "{.data.by}")).isEqualTo("second");
        lab().kubectl("wait", "deployment/corner", "--for=delete", "--timeout=30s");
      }
    }
  }

  private static String edited() {
    return "{\"data\":{\"index.html\":\"mine\"}}";
  }

  private String get(String object, String path) {
    return lab().kubectl("get", object, "-o", "jsonpath=" + path);
  }

  private void waitFor(String object, String condition) {
    lab().kubectl("wait", object, "--for=" + condition, "--timeout=60s");
  }

  /// The operator as a process, on the jars that its module gathers.
  record Running(Process process) implements AutoCloseable {
    static Running start(TestLab lab, Path built, Path folder, String me) {
      String jars = built.resolve("classes") + File.pathSeparator + built.resolve("lib") + "/*";
      try {
        return new Running(
            new ProcessBuilder(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx96m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    jars,
                    "dev.drydock.operator.Main",
                    lab.folder().resolve("kubeconfig").toString(),
                    me)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(me + ".log").toFile())
                .start());
      } catch (IOException e) {
        throw new UncheckedIOException("can't start the operator", e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
