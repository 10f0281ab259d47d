package dev.drydock.apiserver.cel.function;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelKind;
import java.util.Arrays;
import java.util.Optional;

/// What `format` makes of one argument.
public enum FormatClause {
  STRING(
      "s",
      "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types,"
          + " durations, and timestamps",
      ImmutableSet.of(
          CelKind.LIST,
          CelKind.MAP,
          CelKind.INT,
          CelKind.UINT,
          CelKind.DOUBLE,
          CelKind.BOOL,
          CelKind.STRING,
          CelKind.TIMESTAMP,
          CelKind.BYTES,
          CelKind.DURATION,
          CelKind.TYPE,
          CelKind.NULL_TYPE)),
  DECIMAL(
      "d",
      "decimal clause can only be used on integers",
      ImmutableSet.of(CelKind.INT, CelKind.UINT)),
  /// Texts because of `NaN` and `Infinity`.
  FIXED(
      "f",
      "fixed-point clause can only be used on doubles",
      ImmutableSet.of(CelKind.DOUBLE, CelKind.STRING)),
  SCIENTIFIC(
      "e",
      "scientific clause can only be used on doubles",
      ImmutableSet.of(CelKind.DOUBLE, CelKind.STRING)),
  BINARY(
      "b",
      "only integers and bools can be formatted as binary",
      ImmutableSet.of(CelKind.INT, CelKind.UINT, CelKind.BOOL)),
  HEXADECIMAL(
      "xX",
      "only integers, byte buffers, and strings can be formatted as hex",
      ImmutableSet.of(CelKind.INT, CelKind.UINT, CelKind.STRING, CelKind.BYTES)),
  OCTAL(
      "o", "octal clause can only be used on integers", ImmutableSet.of(CelKind.INT, CelKind.UINT));

  private final String letters;
  private final String demand;
  private final ImmutableSet<CelKind> kinds;

  FormatClause(String letters, String demand, ImmutableSet<CelKind> kinds) {
    this.letters = letters;
    this.demand = demand;
    this.kinds = kinds;
  }

  static Optional<FormatClause> of(char letter) {
    return Arrays.stream(values())
        .filter(clause -> clause.letters.indexOf(letter) >= 0)
        .findFirst();
  }

  /// Whether values of a type can be formatted, as far as the type says.
  public boolean takes(CelKind kind) {
    return kind == CelKind.DYN || kinds.contains(kind);
  }

  /// What is said of a value of another type.
  public String mismatch(String type) {
    return "error during formatting: " + demand + ", was given " + type;
  }
}
