package dev.drydock.kubelet.runtime;

/// A container could not be started: there is no such program. The message is the runtime's.
public final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public StartFailure(String message) {
    super(message);
  }
}
