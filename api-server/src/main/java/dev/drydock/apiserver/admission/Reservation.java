package dev.drydock.apiserver.admission;

/// What a rule took for a write.
@FunctionalInterface
public interface Reservation {
  Reservation NOTHING = () -> {};

  /// The write failed: what was taken for it is given back. Never throws.
  void undo();
}
