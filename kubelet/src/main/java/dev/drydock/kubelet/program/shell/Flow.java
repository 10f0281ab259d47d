package dev.drydock.kubelet.program.shell;

/// How control leaves the usual path of a script.
final class Flow {
  private Flow() {}

  /// `exit N`.
  static final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int code;

    Exit(int code) {
      super(null, null, false, false);
      this.code = code;
    }
  }

  /// `return N`.
  static final class Return extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int code;

    Return(int code) {
      super(null, null, false, false);
      this.code = code;
    }
  }

  /// `break N`.
  static final class Break extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int levels;

    Break(int levels) {
      super(null, null, false, false);
      this.levels = levels;
    }
  }

  /// `continue N`.
  static final class Continue extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int levels;

    Continue(int levels) {
      super(null, null, false, false);
      this.levels = levels;
    }
  }
}
