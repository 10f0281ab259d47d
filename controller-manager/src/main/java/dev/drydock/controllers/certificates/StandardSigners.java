package dev.drydock.controllers.certificates;

import dev.drydock.api.pki.CertificateRequest.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What each of Kubernetes' own signers signs. Pure.
final class StandardSigners {
  static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";

  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
  private static final String LEGACY = "kubernetes.io/legacy-unknown";
  private static final String ENCIPHERMENT = "key encipherment";
  private static final Set<String> CLIENT_USAGES =
      Set.of("digital signature", ENCIPHERMENT, "client auth");

  private static final Map<String, Integer> KEY_USAGES =
      Map.of(
          "signing",
          0,
          "digital signature",
          0,
          "content commitment",
          1,
          ENCIPHERMENT,
          2,
          "data encipherment",
          3,
          "key agreement",
          4,
          "cert sign",
          5,
          "crl sign",
          6,
          "encipher only",
          7,
          "decipher only",
          8);

  private static final Map<String, String> PURPOSES =
      Map.ofEntries(
          Map.entry("any", "2.5.29.37.0"),
          Map.entry("server auth", "1.3.6.1.5.5.7.3.1"),
          Map.entry("client auth", "1.3.6.1.5.5.7.3.2"),
          Map.entry("code signing", "1.3.6.1.5.5.7.3.3"),
          Map.entry("email protection", "1.3.6.1.5.5.7.3.4"),
          Map.entry("s/mime", "1.3.6.1.5.5.7.3.4"),
          Map.entry("ipsec end system", "1.3.6.1.5.5.7.3.5"),
          Map.entry("ipsec tunnel", "1.3.6.1.5.5.7.3.6"),
          Map.entry("ipsec user", "1.3.6.1.5.5.7.3.7"),
          Map.entry("timestamping", "1.3.6.1.5.5.7.3.8"),
          Map.entry("ocsp signing", "1.3.6.1.5.5.7.3.9"),
          Map.entry("microsoft sgc", "1.3.6.1.4.1.311.10.3.3"),
          Map.entry("netscape sgc", "2.16.840.1.113730.4.1"));

  private StandardSigners() {}

  static boolean isStandard(String signer) {
    return Set.of(CLIENT, KUBELET_CLIENT, KUBELET_SERVING, LEGACY).contains(signer);
  }

  /// Why the signer does not sign such a request; empty: it does.
  static Optional<String> refusal(String signer, Names names, Set<String> usages) {
    return switch (signer) {
      case CLIENT ->
          CLIENT_USAGES.containsAll(usages) && usages.contains("client auth")
              ? Optional.empty()
              : usagesMismatch();
      case KUBELET_CLIENT -> kubeletClient(names, usages);
      case KUBELET_SERVING -> kubeletServing(names, usages);
      case LEGACY -> Optional.empty();
      default -> Optional.of("unrecognized signer");
    };
  }

  private static Optional<String> usagesMismatch() {
    return Optional.of("usages did not match");
  }

  /// Why a request is none of a kubelet that wants to be a client; empty: it is one.
  static Optional<String> kubeletClient(Names names, Set<String> usages) {
    Optional<String> wrong = kubeletSubject(names);
    if (wrong.isPresent()) {
      return wrong;
    }
    if (!names.dnsNames().isEmpty()) {
      return Optional.of("DNS subjectAltNames are not allowed");
    }
    if (!names.emails().isEmpty()) {
      return Optional.of("Email subjectAltNames are not allowed");
    }
    if (names.addresses() > 0) {
      return Optional.of("IP subjectAltNames are not allowed");
    }
    if (!names.uris().isEmpty()) {
      return Optional.of("URI subjectAltNames are not allowed");
    }
    return matches(usages, Set.of("digital signature", "client auth"))
        ? Optional.empty()
        : usagesMismatch();
  }

  private static Optional<String> kubeletServing(Names names, Set<String> usages) {
    Optional<String> wrong = kubeletSubject(names);
    if (wrong.isPresent()) {
      return wrong;
    }
    if (names.dnsNames().isEmpty() && names.addresses() == 0) {
      return Optional.of("DNS or IP subjectAltName is required");
    }
    if (!names.emails().isEmpty()) {
      return Optional.of("Email subjectAltNames are not allowed");
    }
    if (!names.uris().isEmpty()) {
      return Optional.of("URI subjectAltNames are not allowed");
    }
    return matches(usages, Set.of("digital signature", "server auth"))
        ? Optional.empty()
        : usagesMismatch();
  }

  private static Optional<String> kubeletSubject(Names names) {
    if (!names.organizations().equals(List.of("system:nodes"))) {
      return Optional.of("subject organization is not system:nodes");
    }
    return names.commonName().startsWith("system:node:")
        ? Optional.empty()
        : Optional.of("subject common name does not begin with system:node:");
  }

  /// RSA keys encipher too.
  private static boolean matches(Set<String> usages, Set<String> needed) {
    return usages.containsAll(needed)
        && usages.stream().allMatch(one -> needed.contains(one) || one.equals(ENCIPHERMENT));
  }

  static List<Integer> keyUsages(Set<String> usages) {
    return usages.stream()
        .filter(KEY_USAGES::containsKey)
        .map(KEY_USAGES::get)
        .distinct()
        .sorted()
        .toList();
  }

  static List<String> purposes(Set<String> usages) {
    List<String> purposes = new ArrayList<>();
    usages.stream()
        .sorted()
        .forEach(
            usage -> {
              String purpose = PURPOSES.get(usage);
              if (purpose != null && !purposes.contains(purpose)) {
                purposes.add(purpose);
              }
            });
    return purposes;
  }
}
