package dev.drydock.client.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("config"), text);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String config(String server, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: here
    contexts:
    - {name: here, context: {cluster: lab, user: me}}
    clusters:
    - name: lab
      cluster: {server: '%s', certificate-authority-data: %s}
    users:
    - name: me
      user: %s
    """
        .formatted(server, base64("CA"), user);
  }

  @Test
  void theCurrentContextIsRead() throws IOException {
    String user =
        "{client-certificate-data: " + base64("CRT") + ", client-key-data: " + base64("KEY") + "}";
    Kubeconfig read = Kubeconfig.read(file(config("https://127.7.0.1:6444", user)));
    assertThat(read.servers()).containsExactly(URI.create("https://127.7.0.1:6444"));
    assertThat(read.authority()).isEqualTo("CA");
    assertThat(read.identity()).containsExactly(new Kubeconfig.Identity("CRT", "KEY"));
  }

  @Test
  void severalServersAreSeparatedByCommas() throws IOException {
    Kubeconfig read = Kubeconfig.read(file(config("https://a:1,https://b:2", "{}")));
    assertThat(read.servers()).hasSize(2);
    assertThat(read.identity()).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws IOException {
    assertThatThrownBy(() -> Kubeconfig.read(folder.resolve("none")))
        .hasMessage("kubeconfig " + folder.resolve("none") + ": no such file");
    assertThatThrownBy(() -> Kubeconfig.read(file("a: [")))
        .hasMessageContaining("is not YAML")
        .message()
        .hasLineCount(1);
    assertThatThrownBy(() -> Kubeconfig.read(file("kind: Config")))
        .hasMessageEndingWith("has no current-context");
    assertThatThrownBy(() -> Kubeconfig.read(file(config("http://a:1", "{}"))))
        .hasMessageContaining("server must be https://HOST:PORT");
  }
}
