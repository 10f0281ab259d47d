package dev.drydock.apiserver.request;

/// Options of create, update and patch.
///
/// @param fieldManager empty: derived from the user agent
public record WriteOptions(
    Persistence persistence, String fieldManager, FieldValidation validation) {

  /// Whether the write is kept.
  public enum Persistence {
    STORED,
    DRY_RUN
  }

  /// What to do about unknown and duplicate fields.
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }
}
