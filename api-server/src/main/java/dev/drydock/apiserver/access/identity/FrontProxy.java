package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.RequestHeaders;
import dev.drydock.apiserver.request.User;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Believes a proxy that shows the right certificate when it says for whom it speaks.
public final class FrontProxy {
  private final Settings settings;
  private final ClientCertificates certificates;
  private final CertificateUsers names = new CertificateUsers();

  /// The `--requestheader-*` flags.
  ///
  /// @param allowedNames common names of the proxy; empty: any
  /// @param userHeaders the first that is there names the user
  public record Settings(
      List<String> allowedNames,
      List<String> userHeaders,
      List<String> uidHeaders,
      List<String> groupHeaders,
      List<String> extraPrefixes) {
    public Settings {
      allowedNames = List.copyOf(allowedNames);
      userHeaders = List.copyOf(userHeaders);
      uidHeaders = List.copyOf(uidHeaders);
      groupHeaders = List.copyOf(groupHeaders);
      extraPrefixes = List.copyOf(extraPrefixes);
    }
  }

  /// @param authorities who signs proxies; may change
  public FrontProxy(
      Settings settings, Supplier<List<X509Certificate>> authorities, InstantSource clock) {
    this.settings = settings;
    this.certificates = new ClientCertificates(authorities, clock);
  }

  /// The user the proxy names; empty when this is no request of the proxy.
  Optional<User> user(Credentials credentials) {
    String name = first(settings.userHeaders(), credentials.headers());
    X509Certificate certificate = credentials.certificate();
    if (name.isEmpty() || certificate == null || !isProxy(certificate)) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    for (String header : settings.groupHeaders()) {
      groups.addAll(credentials.headers().values(header));
    }
    return Optional.of(
        new User(
            name,
            first(settings.uidHeaders(), credentials.headers()),
            groups,
            extra(credentials.headers())));
  }

  private boolean isProxy(X509Certificate certificate) {
    return certificates.isGood(certificate)
        && (settings.allowedNames().isEmpty()
            || names
                .userOf(certificate)
                .filter(user -> settings.allowedNames().contains(user.name()))
                .isPresent());
  }

  private static String first(List<String> names, RequestHeaders headers) {
    for (String name : names) {
      List<String> values = headers.values(name);
      if (!values.isEmpty() && !values.getFirst().isEmpty()) {
        return values.getFirst();
      }
    }
    return "";
  }

  private Map<String, List<String>> extra(RequestHeaders headers) {
    Map<String, List<String>> extra = new HashMap<>();
    for (String name : headers.names()) {
      @Nullable String key = extraKey(name.toLowerCase(Locale.ROOT));
      if (key != null) {
        extra.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(headers.values(name));
      }
    }
    return extra;
  }

  private @Nullable String extraKey(String header) {
    for (String prefix : settings.extraPrefixes()) {
      String lower = prefix.toLowerCase(Locale.ROOT);
      if (header.startsWith(lower) && header.length() > lower.length()) {
        return decoded(header.substring(lower.length()));
      }
    }
    return null;
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return key;
    }
  }
}
