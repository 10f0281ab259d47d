package dev.drydock.apiserver.cel;

/// A text is no expression, or not one that fits its variables, or one that can never run. The
/// message shows where.
public final class CelCompileException extends Exception {
  private static final long serialVersionUID = 1L;
  private final Stage stage;

  /// How far an expression came.
  public enum Stage {
    COMPILATION("compilation"),
    INSTANTIATION("instantiation");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    /// As it stands before `failed`.
    public String text() {
      return text;
    }
  }

  CelCompileException(Stage stage, String message) {
    super(message);
    this.stage = stage;
  }

  public Stage stage() {
    return stage;
  }

  /// The message after what it is about, as clients are told.
  public String problem() {
    String what = stage == Stage.INSTANTIATION ? "program " + stage.text() : stage.text();
    return what + " failed: " + getMessage();
  }
}
