package dev.drydock.apiserver.access.jwt;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.configuration.Section;
import dev.drydock.apiserver.tls.ClientTls;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads one element of `jwt` of an AuthenticationConfiguration, and says what is wrong with it
/// in Kubernetes' words.
final class IssuerReader {
  private final CelEnvironment cel;
  private final Set<String> disallowed;
  private final List<FieldError> errors;

  /// @param errors to which it adds
  IssuerReader(CelEnvironment cel, Set<String> disallowed, List<FieldError> errors) {
    this.cel = cel;
    this.disallowed = Set.copyOf(disallowed);
    this.errors = errors;
  }

  IssuerSettings read(Section section) {
    section.only("issuer", "claimValidationRules", "claimMappings", "userValidationRules");
    Section issuer =
        section
            .child("issuer")
            .only(
                "url",
                "discoveryURL",
                "certificateAuthority",
                "audiences",
                "audienceMatchPolicy",
                "egressSelectorType");
    String url = issuer.text("url");
    if (url.isEmpty()) {
      errors.add(FieldError.required(issuer.path("url"), ""));
    } else {
      if (disallowed.contains(url)) {
        errors.add(
            FieldError.invalid(
                issuer.path("url"),
                url,
                "URL must not overlap with disallowed issuers: " + list(disallowed)));
      }
      checkUrl(issuer.path("url"), url);
    }
    checkDiscovery(issuer, url);
    checkAudiences(issuer);
    checkAuthority(issuer);
    checkEgress(issuer);
    return new IssuerSettings(
        url,
        issuer.text("discoveryURL"),
        issuer.text("certificateAuthority"),
        issuer.texts("audiences"),
        IssuerSettings.ALGORITHMS,
        new ClaimRulesReader(cel, errors).read(section));
  }

  private static String list(Set<String> texts) {
    return "[" + String.join(" ", new TreeSet<>(texts)) + "]";
  }

  private void checkUrl(String path, String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      errors.add(FieldError.invalid(path, text, String.valueOf(malformed.getMessage())));
      return;
    }
    if (!"https".equals(url.getScheme())) {
      errors.add(FieldError.invalid(path, text, "URL scheme must be https"));
    }
    if (url.getRawUserInfo() != null) {
      errors.add(FieldError.invalid(path, text, "URL must not contain a username or password"));
    }
    if (url.getRawQuery() != null && !url.getRawQuery().isEmpty()) {
      errors.add(FieldError.invalid(path, text, "URL must not contain a query"));
    }
    if (url.getRawFragment() != null && !url.getRawFragment().isEmpty()) {
      errors.add(FieldError.invalid(path, text, "URL must not contain a fragment"));
    }
  }

  private void checkDiscovery(Section issuer, String url) {
    String discovery = issuer.text("discoveryURL");
    if (discovery.isEmpty()) {
      return;
    }
    String path = issuer.path("discoveryURL");
    if (!url.isEmpty() && bare(url).equals(bare(discovery))) {
      errors.add(FieldError.invalid(path, discovery, "discoveryURL must be different from URL"));
    }
    checkUrl(path, discovery);
  }

  private static String bare(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }

  private void checkAudiences(Section issuer) {
    String path = issuer.path("audiences");
    List<String> audiences = issuer.texts("audiences");
    String policy = issuer.text("audienceMatchPolicy");
    if (audiences.isEmpty()) {
      errors.add(FieldError.required(path, "at least one " + path + " is required"));
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < audiences.size(); i++) {
      String at = path + "[" + i + "]";
      if (audiences.get(i).isEmpty()) {
        errors.add(FieldError.required(at, ""));
      }
      if (!seen.add(audiences.get(i))) {
        errors.add(FieldError.duplicate(at, audiences.get(i)));
      }
    }
    boolean any = policy.equals("MatchAny");
    if (audiences.size() > 1 && !any) {
      errors.add(
          FieldError.invalid(
              issuer.path("audienceMatchPolicy"),
              policy,
              "audienceMatchPolicy must be MatchAny for multiple audiences"));
    } else if (!policy.isEmpty() && !any) {
      errors.add(
          FieldError.invalid(
              issuer.path("audienceMatchPolicy"),
              policy,
              "audienceMatchPolicy must be empty or MatchAny for single audience"));
    }
  }

  private void checkAuthority(Section issuer) {
    String authority = issuer.text("certificateAuthority");
    if (!authority.isEmpty()) {
      try {
        ClientTls.context(authority + "\n", null);
      } catch (IllegalArgumentException broken) {
        errors.add(
            FieldError.invalid(
                issuer.path("certificateAuthority"),
                "<omitted>",
                String.valueOf(broken.getMessage())));
      }
    }
  }

  private void checkEgress(Section issuer) {
    String type = issuer.text("egressSelectorType");
    if (!type.isEmpty() && !type.equals("controlplane") && !type.equals("cluster")) {
      errors.add(
          FieldError.invalid(
              issuer.path("egressSelectorType"),
              type,
              "egress selector must be either controlplane or cluster"));
    }
  }
}
