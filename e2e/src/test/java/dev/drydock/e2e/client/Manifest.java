package dev.drydock.e2e.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What the tests hand to clients: files of `src/test/resources/clients`.
final class Manifest {
  private Manifest() {}

  static InputStream open(String name) {
    return Objects.requireNonNull(Manifest.class.getResourceAsStream("/clients/" + name), name);
  }

  static String text(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + name, e);
    }
  }
}
