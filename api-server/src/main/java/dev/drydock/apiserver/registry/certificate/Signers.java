package dev.drydock.apiserver.registry.certificate;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Set;

/// What signers may be called, and what certificates may be used for.
final class Signers {
  static final Set<String> USAGES =
      Set.of(
          "signing",
          "digital signature",
          "content commitment",
          "key encipherment",
          "key agreement",
          "data encipherment",
          "cert sign",
          "crl sign",
          "encipher only",
          "decipher only",
          "any",
          "server auth",
          "client auth",
          "code signing",
          "email protection",
          "s/mime",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "timestamping",
          "ocsp signing",
          "microsoft sgc",
          "netscape sgc");

  private static final int LONGEST = 571;

  private Signers() {}

  static void check(Field name, Violations found) {
    if (!found.present(name, "")) {
      return;
    }
    String text = name.text();
    int slash = text.indexOf('/');
    if (slash < 0 || slash != text.lastIndexOf('/')) {
      found.invalid(
          name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    String domain = text.substring(0, slash);
    for (String problem : Names.subdomain(domain)) {
      found.invalid(name, "validating domain: " + problem);
    }
    if (domain.indexOf('.') < 0) {
      found.invalid(name, "should be a domain with at least two segments separated by dots");
    }
    for (String problem : Names.subdomain(text.substring(slash + 1))) {
      found.invalid(name, "validating label: " + problem);
    }
    if (text.length() > LONGEST) {
      found.tooLong(name, LONGEST);
    }
    if (text.equals("kubernetes.io/legacy-unknown")) {
      found.invalid(name, "the legacy signerName is not allowed via this API version");
    }
  }
}
