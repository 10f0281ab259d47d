package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;

/// What a request is about.
public sealed interface Subject {

  /// The verb in the words of authorisation.
  String verbText();

  /// Objects of the API.
  ///
  /// @param selectedName the name for authorisation: the target's, or the one to which a field
  ///     selector narrows a collection, or empty
  record Resource(Verb verb, Target target, String selectedName) implements Subject {
    private static final java.util.Set<String> ENTERING =
        java.util.Set.of("exec", "attach", "portforward");

    @Override
    public String verbText() {
      return verb.text();
    }

    /// Whether it leaves a trace: it writes, or leads somebody into a pod.
    public boolean isOfNote() {
      return verb.writes() || ENTERING.contains(target.subresource());
    }
  }

  /// Anything else that has a path: `/version`, `/healthz`, discovery.
  ///
  /// @param verbText the HTTP method in lower case
  record Path(String verbText, String path) implements Subject {}
}
