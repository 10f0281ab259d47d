package dev.drydock.client.kubeconfig;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// What the current context of a kubeconfig file says.
///
/// @param servers at least one; a `server` field may list several, separated by commas
/// @param authority certificates to trust, PEM
/// @param identity empty for someone who has none
public record Kubeconfig(List<URI> servers, String authority, List<Identity> identity) {

  /// A client certificate and its key, both PEM.
  public record Identity(String certificate, String key) {}

  public Kubeconfig {
    servers = List.copyOf(servers);
    identity = List.copyOf(identity);
  }

  /// A kubeconfig cannot be used; the message names the file and what is wrong with it.
  public static final class UnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnusableException(Path file, String what) {
      super("kubeconfig " + file + ": " + what);
    }
  }

  /// Reads a file.
  ///
  /// @throws UnusableException in one line, for people
  public static Kubeconfig read(Path file) {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (!(document instanceof Map<?, ?> root)) {
        throw new UnusableException(file, "is not a YAML object");
      }
      return new Reader(file, root).read();
    } catch (NoSuchFileException _) {
      throw new UnusableException(file, "no such file");
    } catch (IOException failure) {
      throw new UnusableException(file, "cannot be read: " + failure.getMessage());
    } catch (YamlEngineException failure) {
      throw new UnusableException(
          file, "is not YAML: " + failure.toString().lines().skip(1).findFirst().orElse(""));
    }
  }

  private record Reader(Path file, Map<?, ?> root) {
    Kubeconfig read() throws IOException {
      String name = text(root, "current-context");
      if (name.isEmpty()) {
        throw new UnusableException(file, "has no current-context");
      }
      Map<?, ?> context = named("contexts", name, "context");
      Map<?, ?> cluster = named("clusters", text(context, "cluster"), "cluster");
      Map<?, ?> user = named("users", text(context, "user"), "user");
      return new Kubeconfig(
          servers(text(cluster, "server")),
          pem(cluster, "certificate-authority")
              .orElseThrow(() -> new UnusableException(file, "has no certificate-authority-data")),
          identity(user));
    }

    private List<URI> servers(String list) {
      List<URI> servers = new ArrayList<>();
      for (String one : list.split(",", -1)) {
        try {
          URI server = URI.create(one.strip());
          if (!"https".equals(server.getScheme()) || server.getHost() == null) {
            throw new UnusableException(
                file, "server must be https://HOST:PORT, not '" + one + "'");
          }
          servers.add(server);
        } catch (IllegalArgumentException _) {
          throw new UnusableException(file, "server is not a URL: '" + one + "'");
        }
      }
      return servers;
    }

    private List<Identity> identity(Map<?, ?> user) throws IOException {
      Optional<String> certificate = pem(user, "client-certificate");
      Optional<String> key = pem(user, "client-key");
      if (certificate.isPresent() && key.isPresent()) {
        return List.of(new Identity(certificate.get(), key.get()));
      }
      if (certificate.isPresent() || key.isPresent()) {
        throw new UnusableException(file, "has only one of client-certificate and client-key");
      }
      return List.of();
    }

    private Map<?, ?> named(String list, String name, String field) {
      if (root.get(list) instanceof List<?> entries) {
        for (Object entry : entries) {
          if (entry instanceof Map<?, ?> map
              && name.equals(map.get("name"))
              && map.get(field) instanceof Map<?, ?> found) {
            return found;
          }
        }
      }
      throw new UnusableException(file, "has no entry '" + name + "' in " + list);
    }

    private static String text(Map<?, ?> map, String field) {
      return map.get(field) instanceof String value ? value : "";
    }

    /// From `FIELD-data` (base64), else from the file that FIELD names.
    private Optional<String> pem(Map<?, ?> map, String field) throws IOException {
      String data = text(map, field + "-data");
      if (!data.isEmpty()) {
        try {
          byte[] bytes = Base64.getMimeDecoder().decode(data);
          return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException _) {
          throw new UnusableException(file, field + "-data is not base64");
        }
      }
      String path = text(map, field);
      if (path.isEmpty()) {
        return Optional.empty();
      }
      Path resolved = file.toAbsolutePath().resolveSibling(path);
      if (!Files.isReadable(resolved)) {
        throw new UnusableException(file, field + " " + resolved + " cannot be read");
      }
      return Optional.of(Files.readString(resolved, StandardCharsets.US_ASCII));
    }
  }
}
