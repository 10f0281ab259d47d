package dev.drydock.apiserver.registry.pod;

/// Where the spec of a pod stands: some rules hold only for pods themselves, for the sake of
/// templates that were there before the rule.
enum Holder {
  POD,
  TEMPLATE
}
