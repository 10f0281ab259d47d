package dev.drydock.apiserver.registry.strategy;

import java.util.List;

/// What makes a name good.
@FunctionalInterface
public interface NameRule {

  /// @return what is wrong, in Kubernetes' words; empty when nothing is
  List<String> problems(String name);
}
