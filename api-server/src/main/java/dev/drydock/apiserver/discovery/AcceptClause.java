package dev.drydock.apiserver.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One of the forms that an `Accept` header takes.
///
/// @param mediaType `TYPE/SUBTYPE` in small letters, either may be `*`
/// @param parameters but for `q`
/// @param quality more than 0
public record AcceptClause(String mediaType, Map<String, String> parameters, double quality) {
  private static final Comparator<AcceptClause> BEST_FIRST =
      Comparator.comparingDouble((AcceptClause clause) -> -clause.quality())
          .thenComparing(clause -> clause.mediaType().startsWith("*"))
          .thenComparing(clause -> clause.mediaType().endsWith("*"));

  public AcceptClause {
    parameters = Map.copyOf(parameters);
  }

  /// What a header takes, the best first: of higher quality, then more definite, then earlier.
  public static List<AcceptClause> all(String header) {
    List<AcceptClause> clauses = new ArrayList<>();
    for (String part : header.split(",")) {
      AcceptClause clause = of(part);
      if (clause.quality() > 0) {
        clauses.add(clause);
      }
    }
    clauses.sort(BEST_FIRST);
    return clauses;
  }

  private static AcceptClause of(String text) {
    String[] parts = text.split(";");
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals >= 0) {
        parameters.put(parts[i].substring(0, equals).trim(), parts[i].substring(equals + 1).trim());
      }
    }
    String quality = parameters.remove("q");
    return new AcceptClause(
        parts.length == 0 ? "" : parts[0].trim().toLowerCase(Locale.ROOT),
        parameters,
        quality == null ? 1 : quality(quality));
  }

  private static double quality(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /// Whether it takes a media type, whatever the parameters.
  boolean takes(String other) {
    return mediaType.equals(other)
        || mediaType.equals("*/*")
        || mediaType.equals("*")
        || (mediaType.endsWith("/*")
            && other.startsWith(mediaType.substring(0, mediaType.length() - 1)));
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
