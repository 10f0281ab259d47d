package dev.drydock.kubelet.kernel;

import java.util.List;

/// What the cluster's DNS would answer.
@FunctionalInterface
public interface Names {

  /// @param name fully qualified, without a dot at its end
  /// @return addresses; none when there is no such name
  List<String> addresses(String name);
}
