package dev.drydock.apiserver;

import dev.drydock.apiserver.access.identity.FrontProxy;
import dev.drydock.apiserver.tls.TlsMaterial;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags `--requestheader-*`: who may speak for others, and how.
final class RequestHeaderFlags {
  @Option(names = "--requestheader-client-ca-file", description = "Who signs front proxies.")
  private @Nullable Path authorityFile;

  @Option(names = "--requestheader-allowed-names", split = ",", description = "Default: any.")
  private List<String> allowedNames = List.of();

  @Option(
      names = "--requestheader-username-headers",
      split = ",",
      defaultValue = "X-Remote-User",
      description = "Headers that name the user.")
  private List<String> userHeaders = List.of();

  @Option(
      names = "--requestheader-uid-headers",
      split = ",",
      defaultValue = "X-Remote-Uid",
      description = "Headers with the user's uid.")
  private List<String> uidHeaders = List.of();

  @Option(
      names = "--requestheader-group-headers",
      split = ",",
      defaultValue = "X-Remote-Group",
      description = "Headers that name groups.")
  private List<String> groupHeaders = List.of();

  @Option(
      names = "--requestheader-extra-headers-prefix",
      split = ",",
      defaultValue = "X-Remote-Extra-",
      description = "How headers with more begin.")
  private List<String> extraPrefixes = List.of();

  @Option(
      names = "--proxy-client-cert-file",
      description = "Our certificate for extension api-servers.")
  private @Nullable Path proxyCertificate;

  @Option(names = "--proxy-client-key-file", description = "Its key.")
  private @Nullable Path proxyKey;

  /// What we show to extension api-servers; null: nothing.
  @Nullable TlsMaterial proxyClient() {
    return proxyCertificate == null
        ? null
        : TlsMaterial.load(
            proxyCertificate, Flags.given("--proxy-client-key-file", proxyKey), List.of());
  }

  /// Null: nobody may.
  ApiServerSettings.@Nullable Proxies settings() {
    return authorityFile == null
        ? null
        : new ApiServerSettings.Proxies(
            authorityFile,
            new FrontProxy.Settings(
                allowedNames, userHeaders, uidHeaders, groupHeaders, extraPrefixes));
  }
}
