package dev.drydock.apiserver.allocation;

/// A number that can't be had; the message says why, in Kubernetes' words.
public final class AllocationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AllocationException(String message) {
    super(message);
  }
}
