package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.AskedSelectors;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.request.Target;
import java.util.Set;

/// Refuses what the user may not do.
public final class AuthoriseFilter implements Filter {
  private static final Set<String> ALWAYS = Set.of("/healthz", "/livez", "/readyz");

  private final Authorizer authorizer;
  private final Set<String> always;

  public AuthoriseFilter(Authorizer authorizer) {
    this(authorizer, ALWAYS);
  }

  /// @param always paths that everybody may have (`--authorization-always-allow-paths`); those
  ///     that end with `*` are beginnings
  public AuthoriseFilter(Authorizer authorizer, Set<String> always) {
    this.authorizer = authorizer;
    this.always = Set.copyOf(always);
  }

  @Override
  public void before(Call call) {
    if (call.subject() instanceof Subject.Path path && isFree(path.path())) {
      return;
    }
    AccessAttributes wanted = attributes(call);
    Authorizer.Verdict verdict = authorizer.authorize(wanted);
    call.notes()
        .annotate("authorization.k8s.io/decision", verdict.isAllowed() ? "allow" : "forbid");
    call.notes().annotate("authorization.k8s.io/reason", verdict.reason());
    if (!verdict.isAllowed()) {
      throw AccessMessages.forbidden(wanted, verdict.reason());
    }
  }

  private boolean isFree(String path) {
    if (always.contains(path)) {
      return true;
    }
    for (String beginning : always) {
      if (beginning.endsWith("*")
          && path.startsWith(beginning.substring(0, beginning.length() - 1))) {
        return true;
      }
    }
    return false;
  }

  /// What the call's user wants to do.
  static AccessAttributes attributes(Call call) {
    return switch (call.subject()) {
      case Subject.Path path ->
          new AccessAttributes.Path(call.user(), path.verbText(), path.path());
      case Subject.Resource(var verb, Target target, String selectedName) -> {
        var resource =
            new AccessAttributes.Resource(
                call.user(),
                verb.text(),
                target.type().group(),
                target.type().resource(),
                target.subresource(),
                namespace(target),
                selectedName);
        yield resource.selected(
            AskedSelectors.rawFields(call.fieldSelector()).value(),
            AskedSelectors.rawLabels(call.labelSelector()).value());
      }
    };
  }

  /// A namespace counts as being inside itself, so that a role there may be about it.
  private static String namespace(Target target) {
    boolean isNamespace =
        target.type().group().isEmpty() && target.type().resource().equals("namespaces");
    return isNamespace ? target.name() : target.namespace();
  }
}
