package dev.drydock.apiserver.request;

import java.util.List;

/// Options of create, update and patch.
///
/// @param fieldManager empty: derived from the user agent
/// @param duplicates what the body named twice, which is judged together with unknown fields: paths
///     of fields, or of an applied document its lines
public record WriteOptions(
    Persistence persistence,
    String fieldManager,
    FieldValidation validation,
    List<String> duplicates) {
  public WriteOptions {
    duplicates = List.copyOf(duplicates);
  }

  public WriteOptions(Persistence persistence, String fieldManager, FieldValidation validation) {
    this(persistence, fieldManager, validation, List.of());
  }

  public WriteOptions withDuplicates(List<String> found) {
    return new WriteOptions(persistence, fieldManager, validation, found);
  }

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
