package dev.drydock.apiserver.storage.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to reach etcd.
///
/// @param endpoints `https://HOST:PORT` or `http://HOST:PORT`; one that works is used until it
///     fails
/// @param tls needed for `https`
/// @param requestTimeout after which a request fails
/// @param compactionInterval how much history is kept at least; zero: this process does not
///     compact
/// @param server names this process among the api-servers of the cluster: no other that lives has
///     the same name; empty: it never claims to be the only one
public record EtcdSettings(
    List<URI> endpoints,
    @Nullable EtcdTls tls,
    Duration requestTimeout,
    Duration compactionInterval,
    String server) {
  public EtcdSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no etcd endpoint given");
    }
    for (URI endpoint : endpoints) {
      if (endpoint.getHost() == null || endpoint.getPort() < 0) {
        throw new IllegalArgumentException("an etcd endpoint needs host and port: " + endpoint);
      }
    }
    if (endpoints.getFirst().getScheme().equals("https") && tls == null) {
      throw new IllegalArgumentException("https to etcd needs --etcd-cafile");
    }
  }

  /// Files in PEM.
  ///
  /// @param clientCertificate null: the client shows none; else there is a key too
  public record EtcdTls(
      Path authority, @Nullable Path clientCertificate, @Nullable Path clientKey) {}

  /// Ten seconds a request, compaction every five minutes, as in Kubernetes.
  public static EtcdSettings of(List<URI> endpoints, @Nullable EtcdTls tls) {
    return new EtcdSettings(endpoints, tls, Duration.ofSeconds(10), Duration.ofMinutes(5), "");
  }

  public EtcdSettings withRequestTimeout(Duration timeout) {
    return new EtcdSettings(endpoints, tls, timeout, compactionInterval, server);
  }

  public EtcdSettings withCompactionInterval(Duration interval) {
    return new EtcdSettings(endpoints, tls, requestTimeout, interval, server);
  }

  public EtcdSettings withServer(String name) {
    return new EtcdSettings(endpoints, tls, requestTimeout, compactionInterval, name);
  }
}
