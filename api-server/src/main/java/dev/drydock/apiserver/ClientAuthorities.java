package dev.drydock.apiserver;

import dev.drydock.apiserver.ApiServerSettings.Identity;
import dev.drydock.apiserver.ApiServerSettings.Proxies;
import dev.drydock.apiserver.configuration.FollowedFile;
import dev.drydock.apiserver.tls.Pem;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who signs clients and front proxies, as their files say now.
final class ClientAuthorities implements Component {
  private final FollowedFile<List<X509Certificate>> clients;
  private final @Nullable FollowedFile<List<X509Certificate>> proxies;

  /// @throws IllegalArgumentException when a file holds no certificates
  ClientAuthorities(Identity identity, Timers timers) {
    clients = follow(identity.clientAuthorities(), timers);
    Proxies given = identity.proxy();
    proxies = given == null ? null : follow(given.authorities(), timers);
  }

  private static FollowedFile<List<X509Certificate>> follow(Path file, Timers timers) {
    return new FollowedFile<>(
        file, text -> List.copyOf(Pem.certificates(String.valueOf(file), text)), timers);
  }

  List<X509Certificate> clients() {
    return clients.get();
  }

  /// Empty: nobody may speak for others.
  List<X509Certificate> proxies() {
    return proxies == null ? List.of() : proxies.get();
  }

  List<X509Certificate> all() {
    return Stream.concat(clients().stream(), proxies().stream()).toList();
  }

  /// Also does this whenever one of them changes.
  void onChange(Runnable listener) {
    clients.onChange(listener);
    if (proxies != null) {
      proxies.onChange(listener);
    }
  }

  @Override
  public void start() {
    clients.start();
    if (proxies != null) {
      proxies.start();
    }
  }

  @Override
  public void close() {
    clients.close();
    if (proxies != null) {
      proxies.close();
    }
  }
}
