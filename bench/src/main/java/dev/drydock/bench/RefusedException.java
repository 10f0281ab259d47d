package dev.drydock.bench;

import java.io.IOException;

/// The api-server answered, but not with success.
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  RefusedException(int code) {
    super("the api-server answered with code " + code);
    this.code = code;
  }

  /// Whether it ran out of time, and may have done a part.
  boolean isTimeout() {
    return code == 504;
  }
}
