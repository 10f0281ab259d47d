package dev.drydock.kubeproxy.dataplane;

import dev.drydock.kubeproxy.rules.RuleSet;
import java.util.Set;

/// The kernel of the node.
public interface Dataplane {

  /// Replaces all rules.
  ///
  /// @return ports that could not be opened because somebody else holds them
  /// @throws DataplaneException when the kernel could not be told; nothing is known then of which
  ///     rules it has
  Set<Integer> apply(RuleSet rules);

  /// Calls back whenever the kernel may have lost its rules, on any thread.
  void onRestart(Runnable listener);

  /// The kernel cannot be reached, or refuses.
  final class DataplaneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataplaneException(String message, Throwable cause) {
      super(message, cause);
    }

    public DataplaneException(String message) {
      super(message);
    }
  }
}
