package dev.drydock.kubelet.node;

/// What the node says it runs.
public final class NodeVersion {
  /// Of the Kubernetes that we emulate.
  public static final String KUBELET = "v1.36.0";

  public static final String RUNTIME = "drydock://0.1.0";

  private NodeVersion() {}
}
