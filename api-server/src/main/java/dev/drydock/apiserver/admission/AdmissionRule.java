package dev.drydock.apiserver.admission;

/// One rule of admission. All rules change an object first, in the order of the list; then all
/// check what came out.
public interface AdmissionRule {

  /// May change the object, or refuse.
  ///
  /// @throws dev.drydock.api.status.ApiException when it may not be written
  default void mutate(AdmissionRequest request) {}

  /// May refuse.
  ///
  /// @throws dev.drydock.api.status.ApiException when it may not be written
  default void validate(AdmissionRequest request) {}
}
