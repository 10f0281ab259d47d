package dev.drydock.apiserver.access.asking;

import java.nio.file.Path;

/// One of those who decide, in the order in which they are asked.
public sealed interface AuthorizerChoice {

  record Node() implements AuthorizerChoice {}

  record Rbac() implements AuthorizerChoice {}

  record AlwaysAllow() implements AuthorizerChoice {}

  record AlwaysDeny() implements AuthorizerChoice {}

  /// @param policies `--authorization-policy-file`
  record Abac(Path policies) implements AuthorizerChoice {}

  /// @param name in logs
  record Webhook(String name, WebhookSettings settings) implements AuthorizerChoice {}
}
