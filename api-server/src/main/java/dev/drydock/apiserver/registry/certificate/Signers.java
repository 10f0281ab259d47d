package dev.drydock.apiserver.registry.certificate;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameRule;
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
  private static final int LONGEST_DOMAIN = 253;

  private Signers() {}

  static void check(Field name, Violations found) {
    if (!found.present(name, "")) {
      return;
    }
    String text = name.text();
    if (text.equals("kubernetes.io/legacy-unknown")) {
      found.invalid(name, "the legacy signerName is not allowed via this API version");
      return;
    }
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      found.invalid(
          name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    if (parts[0].length() > LONGEST_DOMAIN) {
      found.tooLong(name, LONGEST_DOMAIN);
    }
    checkLabels(name, parts[0], Names::label, found);
    if (parts[0].indexOf('.') < 0) {
      found.add(
          FieldError.invalid(
              name.path(),
              parts[0],
              "should be a domain with at least two segments separated by dots"));
    }
    checkLabels(name, parts[1], Names::subdomain, found);
    if (text.length() > LONGEST) {
      found.tooLong(name, LONGEST);
    }
  }

  private static void checkLabels(Field name, String part, NameRule rule, Violations found) {
    for (String label : part.split("\\.", -1)) {
      for (String problem : rule.problems(label)) {
        found.add(
            FieldError.invalid(
                name.path(), part, "validating label \"" + label + "\": " + problem));
      }
    }
  }
}
