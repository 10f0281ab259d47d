package dev.drydock.kubelet.program.shell;

/// A script that can't be read.
final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What is the matter.
  enum Kind {
    WRONG,
    /// More text could complete it.
    INCOMPLETE
  }

  SyntaxException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
