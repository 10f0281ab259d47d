package dev.drydock.api.schema;

/// A tree can't be decoded as what its schema says. The message says why, in the words of Go's
/// decoder.
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableException(String problem) {
    super(problem, null, false, false);
  }

  public String problem() {
    return String.valueOf(getMessage());
  }
}
