package dev.drydock.apiserver;

import dev.drydock.api.meta.EmulatedVersion;
import dev.drydock.apiserver.ApiServerSettings.Identity;
import dev.drydock.apiserver.ApiServerSettings.Limits;
import dev.drydock.apiserver.ApiServerSettings.ServiceAccounts;
import dev.drydock.apiserver.ApiServerSettings.Serving;
import dev.drydock.apiserver.access.identity.TokenSettings;
import dev.drydock.apiserver.storage.etcd.EtcdSettings;
import dev.drydock.apiserver.tls.Pem;
import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.CommonFlags;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command line of `kube-apiserver`: its flags, and two of our own.
@Command(
    name = "kube-apiserver",
    mixinStandardHelpOptions = true,
    version = "Drydock kube-apiserver " + EmulatedVersion.GIT_VERSION,
    description = "Serves the Kubernetes API over REST and gRPC, from etcd.")
final class ApiServerCommand implements ComponentCommand {
  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final ResourceFlags resources = new ResourceFlags();

  @Option(names = "--etcd-servers", required = true, split = ",", description = "URLs of etcd.")
  private List<String> etcdServers = List.of();

  @Option(names = "--etcd-cafile", description = "Who signed etcd's certificate.")
  private @Nullable Path etcdCaFile;

  @Option(names = "--etcd-certfile", description = "Our certificate for etcd.")
  private @Nullable Path etcdCertFile;

  @Option(names = "--etcd-keyfile", description = "Its key.")
  private @Nullable Path etcdKeyFile;

  @Option(names = "--etcd-compaction-interval", defaultValue = "5m", description = "0: never.")
  private String compactionInterval = "5m";

  @Option(names = "--bind-address", defaultValue = "0.0.0.0", description = "Where to listen.")
  private String bindAddress = "0.0.0.0";

  @Option(names = "--secure-port", defaultValue = "6443", description = "The HTTPS port.")
  private int securePort;

  @Option(names = "--grpc-port", defaultValue = "6444", description = "The gRPC port.")
  private int grpcPort;

  @Option(names = "--advertise-address", description = "Our address in the cluster.")
  private @Nullable String advertiseAddress;

  @Option(names = "--tls-cert-file", required = true, description = "Our certificate.")
  private @Nullable Path tlsCertFile;

  @Option(names = "--tls-private-key-file", required = true, description = "Its key.")
  private @Nullable Path tlsPrivateKeyFile;

  @Option(names = "--client-ca-file", required = true, description = "Who signs users.")
  private @Nullable Path clientCaFile;

  @Option(names = "--service-account-issuer", description = "First one signs.")
  private List<String> issuers = new ArrayList<>();

  @Option(names = "--service-account-key-file", description = "Keys that check tokens.")
  private List<Path> accountKeyFiles = new ArrayList<>();

  @Option(names = "--service-account-signing-key-file", description = "Key that signs them.")
  private @Nullable Path accountSigningKeyFile;

  @Option(names = "--api-audiences", split = ",", description = "Default: the issuers.")
  private List<String> audiences = List.of();

  @Option(names = "--kubelet-client-certificate", description = "Ours, for kubelets.")
  private @Nullable Path kubeletCertFile;

  @Option(names = "--kubelet-client-key", description = "Its key.")
  private @Nullable Path kubeletKeyFile;

  @Option(names = "--kubelet-certificate-authority", description = "Who signs kubelets.")
  private @Nullable Path kubeletCaFile;

  @Mixin private final AuthorizationFlags authorization = new AuthorizationFlags();

  @Mixin private final AuthenticationFlags authentication = new AuthenticationFlags();

  @Option(names = "--service-account-max-token-expiration", defaultValue = "0")
  private String longestToken = "0";

  @Option(
      names = "--service-account-extend-token-expiration",
      defaultValue = "true",
      arity = "0..1")
  private boolean extendTokens = true;

  @Option(names = "--enable-bootstrap-token-auth", defaultValue = "false", arity = "0..1")
  private boolean bootstrapTokens;

  @Mixin private final RequestHeaderFlags requestHeaders = new RequestHeaderFlags();

  @Option(names = "--token-auth-file", description = "CSV of token,user,uid,\"groups\".")
  private @Nullable Path tokenAuthFile;

  @Option(names = "--max-requests-inflight", defaultValue = "400")
  private int maxReads;

  @Option(names = "--max-mutating-requests-inflight", defaultValue = "200")
  private int maxWrites;

  @Option(names = "--enable-priority-and-fairness", defaultValue = "true", arity = "0..1")
  private boolean fairness = true;

  @Option(names = "--request-timeout", defaultValue = "1m0s")
  private String requestTimeout = "1m0s";

  @Mixin private final AuditFlags audit = new AuditFlags();

  @Override
  public CommonFlags common() {
    return common;
  }

  @Override
  public Component build(Surroundings surroundings) {
    try {
      return new ApiServer(settings(), surroundings);
    } catch (IllegalArgumentException bad) {
      throw new BadFlagException(String.valueOf(bad.getMessage()));
    }
  }

  private ApiServerSettings settings() {
    return new ApiServerSettings(
        etcd(),
        serving(),
        identity(),
        authorization.authority(),
        new ApiServerSettings.Outgoing(kubelets(), requestHeaders.proxyClient()),
        resources.cluster(),
        new Limits(
            maxReads,
            maxWrites,
            fairness ? Limits.Sharing.BY_PRIORITY_AND_FAIRNESS : Limits.Sharing.FIRST_COME,
            Flags.duration("--request-timeout", requestTimeout),
            audit.settings()));
  }

  private EtcdSettings etcd() {
    List<URI> endpoints = etcdServers.stream().map(URI::create).toList();
    EtcdSettings.EtcdTls tls =
        etcdCaFile == null ? null : new EtcdSettings.EtcdTls(etcdCaFile, etcdCertFile, etcdKeyFile);
    Duration compaction = Flags.duration("--etcd-compaction-interval", compactionInterval);
    return EtcdSettings.of(endpoints, tls)
        .withCompactionInterval(compaction)
        .withServer(Flags.hostname() + "/" + bindAddress + ":" + securePort);
  }

  private Serving serving() {
    TlsMaterial material =
        TlsMaterial.load(
            Flags.given("--tls-cert-file", tlsCertFile),
            Flags.given("--tls-private-key-file", tlsPrivateKeyFile),
            List.of());
    String advertised =
        advertiseAddress != null
            ? advertiseAddress
            : bindAddress.equals("0.0.0.0") ? "127.0.0.1" : bindAddress;
    return new Serving(
        new InetSocketAddress(bindAddress, securePort),
        new InetSocketAddress(bindAddress, grpcPort),
        advertised,
        material);
  }

  private Identity identity() {
    Path signing = accountSigningKeyFile;
    Optional<ServiceAccounts> accounts =
        signing == null
            ? Optional.empty()
            : Optional.of(
                new ServiceAccounts(
                    issuers,
                    accountKeyFiles,
                    signing,
                    audiences,
                    Flags.duration("--service-account-max-token-expiration", longestToken),
                    extendTokens ? TokenSettings.Extension.ON : TokenSettings.Extension.OFF));
    if (accounts.isPresent() && issuers.isEmpty()) {
      throw new BadFlagException(
          "--service-account-signing-key-file needs --service-account-issuer");
    }
    return new Identity(
        Flags.given("--client-ca-file", clientCaFile),
        requestHeaders.settings(),
        authentication.anonymous(),
        tokenAuthFile,
        bootstrapTokens ? Identity.BootstrapTokens.ACCEPTED : Identity.BootstrapTokens.REFUSED,
        accounts,
        authentication.outside());
  }

  private @Nullable TlsMaterial kubelets() {
    if (kubeletCertFile == null || kubeletKeyFile == null) {
      return null;
    }
    return TlsMaterial.load(
        kubeletCertFile,
        kubeletKeyFile,
        kubeletCaFile == null ? List.of() : Pem.certificates(kubeletCaFile));
  }
}
