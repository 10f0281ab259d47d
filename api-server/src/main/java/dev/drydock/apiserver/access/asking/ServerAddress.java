package dev.drydock.apiserver.access.asking;

import dev.drydock.apiserver.configuration.Section;
import dev.drydock.apiserver.tls.ClientTls;
import dev.drydock.apiserver.tls.Pem;
import dev.drydock.apiserver.tls.TlsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server outside, and what it is shown: the current context of a kubeconfig.
///
/// @param url asked as it stands there, whatever its path
/// @param tls null: plain HTTP
/// @param authorization the value of that header; empty: none
public record ServerAddress(String url, @Nullable SSLContext tls, String authorization) {

  /// @throws IllegalArgumentException when the file can't be used
  public static ServerAddress read(Path file) {
    try {
      Section root = Section.read(Files.readString(file), "Config", Set.of("v1"));
      String context = root.text("current-context");
      if (context.isEmpty()) {
        throw new IllegalArgumentException(file + ": invalid configuration: no current-context");
      }
      Section chosen = named(file, root, "contexts", context).child("context");
      Section cluster = named(file, root, "clusters", chosen.text("cluster")).child("cluster");
      Section user =
          chosen.text("user").isEmpty()
              ? chosen.child("user-of-nobody")
              : named(file, root, "users", chosen.text("user")).child("user");
      String url = cluster.text("server");
      if (!url.startsWith("https://") && !url.startsWith("http://")) {
        throw new IllegalArgumentException(file + ": server must be a URL, not \"" + url + "\"");
      }
      return new ServerAddress(
          url,
          url.startsWith("https://") ? tls(file, cluster, user) : null,
          authorization(file, user));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read", e);
    }
  }

  private static Section named(Path file, Section root, String list, String name) {
    for (Section entry : root.children(list)) {
      if (entry.text("name").equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(file + ": no \"" + name + "\" in " + list);
  }

  private static SSLContext tls(Path file, Section cluster, Section user) throws IOException {
    if (cluster.isTrue("insecure-skip-tls-verify")) {
      throw new IllegalArgumentException(
          file + ": insecure-skip-tls-verify is not supported; give a certificate-authority");
    }
    String certificate = content(file, user, "client-certificate");
    String key = content(file, user, "client-key");
    TlsMaterial own =
        certificate.isEmpty() || key.isEmpty()
            ? null
            : new TlsMaterial(
                Pem.certificates(String.valueOf(file), certificate),
                Pem.privateKey(String.valueOf(file), key),
                List.of());
    return ClientTls.context(content(file, cluster, "certificate-authority"), own);
  }

  private static String authorization(Path file, Section user) throws IOException {
    String token = user.text("token");
    if (token.isEmpty() && user.has("tokenFile")) {
      token = Files.readString(beside(file, user.text("tokenFile"))).strip();
    }
    if (!token.isEmpty()) {
      return "Bearer " + token;
    }
    String name = user.text("username");
    return name.isEmpty()
        ? ""
        : "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (name + ":" + user.text("password")).getBytes(StandardCharsets.UTF_8));
  }

  /// From `FIELD-data` (base64), else from the file that FIELD names; empty: neither.
  private static String content(Path file, Section section, String field) throws IOException {
    String data = section.text(field + "-data");
    if (!data.isEmpty()) {
      return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
    }
    String path = section.text(field);
    return path.isEmpty() ? "" : Files.readString(beside(file, path));
  }

  private static Path beside(Path file, String path) {
    return file.toAbsolutePath().resolveSibling(path);
  }
}
