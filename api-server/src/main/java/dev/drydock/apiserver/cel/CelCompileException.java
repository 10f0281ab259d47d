package dev.drydock.apiserver.cel;

/// A text is no expression, or not one that fits its variables. The message shows where.
public final class CelCompileException extends Exception {
  private static final long serialVersionUID = 1L;

  CelCompileException(String message) {
    super(message);
  }
}
