package dev.drydock.apiserver.admission;

/// One rule of admission. All rules change an object first, in the order of the list; then all
/// check what came out; last, when nobody has anything against it, they take what it uses up.
public interface AdmissionRule {

  /// May change the object, or refuse.
  ///
  /// @throws dev.drydock.api.status.ApiException when it may not be written
  default void mutate(AdmissionRequest request) {}

  /// May refuse.
  ///
  /// @throws dev.drydock.api.status.ApiException when it may not be written
  default void validate(AdmissionRequest request) {}

  /// Takes what the write uses up, or refuses. Comes last: nothing but storing follows. In a dry
  /// run it only looks whether there is enough.
  ///
  /// @throws dev.drydock.api.status.ApiException when there is not enough
  default Reservation reserve(AdmissionRequest request) {
    return Reservation.NOTHING;
  }
}
