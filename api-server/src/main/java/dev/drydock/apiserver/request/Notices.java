package dev.drydock.apiserver.request;

import java.util.function.Consumer;

/// What is said about a request beside its answer.
@FunctionalInterface
public interface Notices extends Consumer<String> {

  /// A warning for the user (the `Warning` header).
  @Override
  void accept(String warning);

  /// An annotation of the request's entry in the audit log; the first value of a key counts.
  default void annotate(String key, String value) {}
}
