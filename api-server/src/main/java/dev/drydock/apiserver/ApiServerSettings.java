package dev.drydock.apiserver;

import dev.drydock.apiserver.admission.AdmissionChoice;
import dev.drydock.apiserver.registry.ServiceNetwork;
import dev.drydock.apiserver.storage.etcd.EtcdSettings;
import dev.drydock.apiserver.tls.TlsMaterial;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, checked.
public record ApiServerSettings(
    EtcdSettings etcd,
    Serving serving,
    Identity identity,
    Authority authority,
    @Nullable TlsMaterial kubelets,
    Cluster cluster,
    Limits limits) {

  /// Where it listens, and what it shows there.
  ///
  /// @param advertised the address under which the cluster knows it
  public record Serving(
      InetSocketAddress rest, InetSocketAddress rpc, String advertised, TlsMaterial material) {}

  /// How users prove who they are.
  ///
  /// @param tokenFile static tokens
  /// @param accounts empty: no service-account tokens
  public record Identity(
      List<X509Certificate> clientAuthorities,
      Anonymous anonymous,
      @Nullable Path tokenFile,
      Optional<ServiceAccounts> accounts) {

    /// What happens to requests that show nothing.
    public enum Anonymous {
      ALLOWED,
      REFUSED
    }
  }

  /// How service-account tokens are signed and checked.
  ///
  /// @param issuers the first signs; tokens of all are taken
  /// @param audiences empty: the issuers
  public record ServiceAccounts(
      List<String> issuers, List<Path> keyFiles, Path signingKeyFile, List<String> audiences) {}

  /// `--authorization-mode`, in order.
  public record Authority(List<Mode> modes) {

    /// Who decides.
    public enum Mode {
      NODE,
      RBAC,
      ALWAYS_ALLOW,
      ALWAYS_DENY
    }
  }

  /// What the cluster is like.
  ///
  /// @param deleteWorkers how many objects of a collection are deleted at once
  public record Cluster(
      ServiceNetwork services,
      Duration eventLifetime,
      int deleteWorkers,
      AdmissionChoice admission) {}

  /// What protects the process.
  public record Limits(int reads, int writes, Duration requestTimeout, @Nullable Path auditLog) {}
}
