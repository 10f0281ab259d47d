package dev.drydock.lab.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The text of a kubeconfig file with everything inside it.
final class Kubeconfig {
  private Kubeconfig() {}

  static String text(String server, String user, String authority, String certificate, String key) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: drydock
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: %s
      user:
        client-certificate-data: %s
        client-key-data: %s
    contexts:
    - name: drydock
      context:
        cluster: drydock
        user: %s
    current-context: drydock
    """
        .formatted(server, base64(authority), user, base64(certificate), base64(key), user);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
