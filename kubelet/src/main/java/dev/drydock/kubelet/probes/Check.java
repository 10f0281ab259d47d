package dev.drydock.kubelet.probes;

/// One way to ask a container how it is. Blocking; ends by itself after the probe's timeout.
@FunctionalInterface
public interface Check {
  Answer ask() throws InterruptedException;

  /// What came of it.
  ///
  /// @param text what a failed check says, for the event
  record Answer(Result result, String text) {
    static Answer good() {
      return new Answer(Result.SUCCESS, "");
    }

    static Answer bad(String text) {
      return new Answer(Result.FAILURE, text);
    }
  }

  /// Whether it went well.
  enum Result {
    SUCCESS,
    FAILURE
  }
}
