package dev.drydock.controllers;

import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.controllers.certificates.SigningAuthority;
import dev.drydock.controllers.serviceaccount.AccountTokenSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What certificates and tokens are signed with; a picocli mixin.
final class SigningFlags {
  @Option(names = "--cluster-signing-cert-file", description = "Signs certificates.")
  private @Nullable Path certificateFile;

  @Option(names = "--cluster-signing-key-file", description = "Its key.")
  private @Nullable Path keyFile;

  @Option(
      names = "--cluster-signing-duration",
      defaultValue = "8760h0m0s",
      converter = DurationFlag.class)
  private Duration longest = Duration.ofDays(365);

  @Option(
      names = "--service-account-private-key-file",
      description = "Signs the tokens in Secrets.")
  private @Nullable Path accountKeyFile;

  /// Empty: nothing is signed.
  Optional<SigningAuthority> authority() {
    if (certificateFile == null || keyFile == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          SigningAuthority.load(certificateFile, keyFile, longest, new SecureRandom()));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new BadFlagException(
          "--cluster-signing-cert-file, --cluster-signing-key-file: cannot use "
              + certificateFile
              + " with "
              + keyFile);
    }
  }

  /// Empty: Secrets of service accounts stay as they are.
  Optional<AccountTokenSigner> accountSigner() {
    if (accountKeyFile == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AccountTokenSigner(SigningAuthority.privateKey(accountKeyFile)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new BadFlagException(
          "--service-account-private-key-file: cannot use " + accountKeyFile);
    }
  }
}
