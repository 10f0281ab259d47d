package dev.drydock.apiserver.request;

import java.util.List;

/// Options of create, update and patch.
///
/// @param fieldManager empty: derived from the user agent
/// @param lapses what was wrong with the body but did not keep it from being read, as clients are
///     told it; of an applied document its lines. Judged together with unknown fields
public record WriteOptions(
    Persistence persistence, String fieldManager, FieldValidation validation, List<String> lapses) {
  public WriteOptions {
    lapses = List.copyOf(lapses);
  }

  public WriteOptions(Persistence persistence, String fieldManager, FieldValidation validation) {
    this(persistence, fieldManager, validation, List.of());
  }

  public WriteOptions withLapses(List<String> found) {
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
