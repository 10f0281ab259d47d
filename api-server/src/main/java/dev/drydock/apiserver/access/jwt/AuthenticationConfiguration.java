package dev.drydock.apiserver.access.jwt;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.access.AnonymousRule;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.configuration.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `--authentication-config` says, checked.
///
/// @param anonymous null: the flag decides
public record AuthenticationConfiguration(
    List<IssuerSettings> issuers, @Nullable AnonymousRule anonymous) {
  private static final int MOST = 64;
  private static final Set<String> VERSIONS =
      Set.of(
          "apiserver.config.k8s.io/v1",
          "apiserver.config.k8s.io/v1beta1",
          "apiserver.config.k8s.io/v1alpha1");

  public AuthenticationConfiguration {
    issuers = List.copyOf(issuers);
  }

  /// @param cel asked only when there are expressions
  /// @param disallowed issuers that nobody else may be: those of service accounts
  /// @throws IllegalArgumentException naming everything that is wrong
  public static AuthenticationConfiguration read(
      String text, CelEnvironment cel, Set<String> disallowed) {
    Section file =
        Section.read(text, "AuthenticationConfiguration", VERSIONS).only("jwt", "anonymous");
    List<FieldError> errors = new ArrayList<>();
    List<IssuerSettings> issuers = new ArrayList<>();
    List<Section> sections = file.children("jwt");
    if (sections.size() > MOST) {
      throw new IllegalArgumentException("jwt: Too many: must have at most 64 items");
    }
    var reader = new IssuerReader(cel, disallowed, errors);
    Set<String> urls = new HashSet<>();
    Set<String> discoveries = new HashSet<>();
    for (Section section : sections) {
      IssuerSettings issuer = reader.read(section);
      if (!urls.add(issuer.url())) {
        errors.add(FieldError.duplicate(section.path("issuer.url"), issuer.url()));
      }
      if (!issuer.discoveryUrl().isEmpty() && !discoveries.add(issuer.discoveryUrl())) {
        errors.add(
            FieldError.duplicate(section.path("issuer.discoveryURL"), issuer.discoveryUrl()));
      }
      issuers.add(issuer);
    }
    AnonymousRule anonymous = file.has("anonymous") ? anonymous(file, errors) : null;
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          errors.stream().map(FieldError::toString).collect(Collectors.joining(", ")));
    }
    return new AuthenticationConfiguration(issuers, anonymous);
  }

  private static AnonymousRule anonymous(Section file, List<FieldError> errors) {
    Section section = file.child("anonymous").only("enabled", "conditions");
    List<String> paths =
        section.children("conditions").stream()
            .map(condition -> condition.only("path").text("path"))
            .toList();
    if (!section.isTrue("enabled")) {
      if (!paths.isEmpty()) {
        errors.add(
            FieldError.invalid(
                section.path("conditions"),
                paths,
                "enabled should be set to true when conditions are defined"));
      }
      return new AnonymousRule.Nobody();
    }
    return paths.isEmpty()
        ? new AnonymousRule.Everywhere()
        : new AnonymousRule.At(Set.copyOf(paths));
  }
}
