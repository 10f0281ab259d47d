package dev.drydock.apiserver.access.jwt;

/// Claims that do not make a user. The message is the one that Kubernetes gives.
final class ClaimException extends Exception {
  private static final long serialVersionUID = 1L;

  ClaimException(String message) {
    super(message, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
