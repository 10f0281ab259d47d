package dev.drydock.kubelet.volumes;

/// Something that a pod refers to is not there (yet). The message is the kubelet's.
public final class SetupFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public SetupFailure(String message) {
    super(message);
  }
}
