package dev.drydock.apiserver.cel.function;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.types.TypeType;
import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.Maybe;
import dev.drydock.apiserver.cel.value.Named;
import dev.drydock.apiserver.cel.value.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads types as functions are written down: `list(string)`, `optional(T)`, `Quantity`.
final class Signatures {
  private Signatures() {}

  /// @param text of one type
  static CelType type(String text, Map<String, String> libraryTypes) {
    int open = text.indexOf('(');
    if (open > 0) {
      List<CelType> inner =
          split(text.substring(open + 1, text.length() - 1)).stream()
              .map(part -> type(part, libraryTypes))
              .toList();
      return switch (text.substring(0, open)) {
        case "list" -> ListType.create(inner.get(0));
        case "map" -> MapType.create(inner.get(0), inner.get(1));
        case "optional" -> OptionalType.create(inner.get(0));
        case "type" -> TypeType.create(inner.get(0));
        default -> throw new IllegalArgumentException("no such type: " + text);
      };
    }
    return switch (text) {
      case "bool" -> SimpleType.BOOL;
      case "int" -> SimpleType.INT;
      case "uint" -> SimpleType.UINT;
      case "double" -> SimpleType.DOUBLE;
      case "string" -> SimpleType.STRING;
      case "bytes" -> SimpleType.BYTES;
      case "timestamp" -> SimpleType.TIMESTAMP;
      case "duration" -> SimpleType.DURATION;
      case "null" -> SimpleType.NULL_TYPE;
      case "dyn" -> SimpleType.DYN;
      case "T", "K", "V" -> TypeParamType.create(text);
      default -> {
        String name = libraryTypes.get(text);
        if (name == null) {
          throw new IllegalArgumentException("no such type: " + text);
        }
        yield OpaqueType.create(name);
      }
    };
  }

  /// The class of values of a type.
  static Class<?> valueClass(CelType type) {
    return switch (type.kind()) {
      case BOOL -> Boolean.class;
      case INT -> Long.class;
      case UINT -> UnsignedLong.class;
      case DOUBLE -> Double.class;
      case STRING -> String.class;
      case BYTES -> ByteText.class;
      case TIMESTAMP -> Instant.class;
      case DURATION -> Duration.class;
      case LIST -> List.class;
      case MAP -> Map.class;
      case TYPE -> TypeName.class;
      case OPAQUE -> type instanceof OptionalType ? Maybe.class : Named.class;
      default -> Object.class;
    };
  }

  /// Parts between commas that are not in parentheses.
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i).trim());
        from = i + 1;
      }
    }
    String last = text.substring(from).trim();
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }
}
