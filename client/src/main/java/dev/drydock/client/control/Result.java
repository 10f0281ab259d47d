package dev.drydock.client.control;

import java.time.Duration;

/// How a reconcile ended.
public sealed interface Result {

  /// Nothing to do until something changes.
  record Done() implements Result {}

  /// Look again after this time, even if nothing changes.
  record Again(Duration after) implements Result {}

  /// Can't be done, and trying again would not help until something changes.
  record GiveUp(String reason) implements Result {}

  static Result done() {
    return new Done();
  }

  static Result again(Duration after) {
    return new Again(after);
  }

  static Result giveUp(String reason) {
    return new GiveUp(reason);
  }
}
