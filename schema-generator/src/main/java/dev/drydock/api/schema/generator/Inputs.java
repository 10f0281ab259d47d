package dev.drydock.api.schema.generator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Where the generator finds what it reads: tables in its own resources, and the client's jar.
final class Inputs {
  private static final String MODEL = "/io/kubernetes/client/openapi/models/V1Pod.class";

  private Inputs() {}

  /// Lines of a table, without comments and empty ones.
  static List<String> table(String name) throws IOException {
    var stream = Objects.requireNonNull(Inputs.class.getResourceAsStream("/tables/" + name), name);
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    }
  }

  /// The jar of the client's model classes.
  static Path modelJar() {
    URL url = Objects.requireNonNull(Inputs.class.getResource(MODEL), "client-java-api");
    String text = url.toString();
    return Path.of(URI.create(text.substring("jar:".length(), text.indexOf('!'))));
  }

  /// When any input last changed, in milliseconds.
  static long lastChange() throws IOException {
    try {
      URL own =
          Objects.requireNonNull(Inputs.class.getProtectionDomain().getCodeSource()).getLocation();
      try (Stream<Path> files = Files.walk(Path.of(own.toURI()))) {
        long newest = 0;
        for (Path file : (Iterable<Path>) files::iterator) {
          newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
        }
        return newest;
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
