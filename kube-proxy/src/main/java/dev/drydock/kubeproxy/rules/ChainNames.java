package dev.drydock.kubeproxy.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Names of the chains that belong to one port of a Service: a prefix and sixteen letters of a
/// hash, as the real kube-proxy makes them.
final class ChainNames {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 16;

  private ChainNames() {}

  /// Balances over all endpoints.
  static String cluster(String portName, String protocol) {
    return "KUBE-SVC-" + hash(portName + protocol);
  }

  /// Balances over the endpoints of this node.
  static String local(String portName, String protocol) {
    return "KUBE-SVL-" + hash(portName + protocol);
  }

  /// Takes what comes from outside the cluster.
  static String external(String portName, String protocol) {
    return "KUBE-EXT-" + hash(portName + protocol);
  }

  /// Sends to one endpoint.
  static String endpoint(String portName, String protocol, String endpoint) {
    return "KUBE-SEP-" + hash(portName + protocol + endpoint);
  }

  /// The first sixteen letters of the SHA-256 in base 32.
  private static String hash(String text) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
    var letters = new StringBuilder(LENGTH);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; letters.length() < LENGTH; i++) {
      buffer = (buffer << 8 | (digest[i] & 0xff)) & 0xffff;
      bits += 8;
      while (bits >= 5 && letters.length() < LENGTH) {
        letters.append(LETTERS.charAt(buffer >> (bits - 5) & 31));
        bits -= 5;
      }
    }
    return letters.toString();
  }
}
