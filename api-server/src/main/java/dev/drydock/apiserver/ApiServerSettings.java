package dev.drydock.apiserver;

import dev.drydock.apiserver.access.asking.AuthorizerChoice;
import dev.drydock.apiserver.access.identity.FrontProxy;
import dev.drydock.apiserver.access.identity.TokenSettings;
import dev.drydock.apiserver.access.jwt.IssuerSettings;
import dev.drydock.apiserver.admission.AdmissionChoice;
import dev.drydock.apiserver.audit.AuditLog;
import dev.drydock.apiserver.registry.ServiceNetwork;
import dev.drydock.apiserver.storage.etcd.EtcdSettings;
import dev.drydock.apiserver.tls.TlsMaterial;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, checked.
public record ApiServerSettings(
    EtcdSettings etcd,
    Serving serving,
    Identity identity,
    Authority authority,
    Outgoing outgoing,
    Cluster cluster,
    Limits limits) {

  /// Where it listens, and what it shows there.
  ///
  /// @param advertised the address under which the cluster knows it
  public record Serving(
      InetSocketAddress rest, InetSocketAddress rpc, String advertised, TlsMaterial material) {}

  /// What it shows to those whom it calls; null: nothing.
  ///
  /// @param extensions to extension api-servers, for which it is a front proxy
  public record Outgoing(@Nullable TlsMaterial kubelets, @Nullable TlsMaterial extensions) {}

  /// Who may speak for others.
  ///
  /// @param authorities who signs them
  public record Proxies(Path authorities, FrontProxy.Settings settings) {}

  /// How users prove who they are.
  ///
  /// @param proxy who may speak for others; null: nobody
  /// @param tokenFile static tokens
  /// @param accounts empty: no service-account tokens
  public record Identity(
      Path clientAuthorities,
      @Nullable Proxies proxy,
      Anonymous anonymous,
      @Nullable Path tokenFile,
      BootstrapTokens bootstrapTokens,
      Optional<ServiceAccounts> accounts,
      Outside outside) {

    /// Whether tokens count by which nodes join (`--enable-bootstrap-token-auth`).
    public enum BootstrapTokens {
      ACCEPTED,
      REFUSED
    }

    /// What `--anonymous-auth` says of requests that show nothing.
    public enum Anonymous {
      ALLOWED,
      REFUSED,
      UNMENTIONED
    }
  }

  /// Who else knows whose a token is.
  ///
  /// @param configuration `--authentication-config`; null: none
  /// @param issuers by the flags `--oidc-*`
  /// @param asked `--authentication-token-webhook-*`; null: nobody is asked
  public record Outside(
      @Nullable Path configuration, List<IssuerSettings> issuers, @Nullable TokenServer asked) {
    public Outside {
      issuers = List.copyOf(issuers);
    }
  }

  /// A server that is asked whose a token is.
  ///
  /// @param kubeconfig where it is
  /// @param version of the TokenReview
  /// @param remembered how long its answers count
  public record TokenServer(Path kubeconfig, String version, Duration remembered) {}

  /// How service-account tokens are signed and checked.
  ///
  /// @param issuers the first signs; tokens of all are taken
  /// @param audiences empty: the issuers
  /// @param longest `--service-account-max-token-expiration`; zero: no limit
  public record ServiceAccounts(
      List<String> issuers,
      List<Path> keyFiles,
      Path signingKeyFile,
      List<String> audiences,
      Duration longest,
      TokenSettings.Extension extension) {}

  /// Who decides what users may do.
  ///
  /// @param choices `--authorization-mode`, in order
  /// @param configuration `--authorization-config`, which takes their place; null: none
  /// @param policies `--authorization-policy-file`; null: none
  /// @param alwaysAllowed `--authorization-always-allow-paths`
  public record Authority(
      List<AuthorizerChoice> choices,
      @Nullable Path configuration,
      @Nullable Path policies,
      Set<String> alwaysAllowed) {
    public Authority {
      alwaysAllowed = Set.copyOf(alwaysAllowed);
      choices = List.copyOf(choices);
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
  ///
  /// @param sharing how the places are given away
  public record Limits(
      int reads,
      int writes,
      Sharing sharing,
      Duration requestTimeout,
      AuditLog.@Nullable Settings audit) {

    /// Who gets a place first (`--enable-priority-and-fairness`).
    public enum Sharing {
      BY_PRIORITY_AND_FAIRNESS,
      FIRST_COME
    }
  }
}
