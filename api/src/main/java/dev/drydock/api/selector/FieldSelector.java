package dev.drydock.api.selector;

import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which field values to accept: all terms must hold. An absent field has the value "".
public record FieldSelector(List<Term> terms) {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  /// One comparison.
  ///
  /// @param field `metadata.name`, `spec.nodeName`, …
  public record Term(String field, Comparison comparison, String value) {
    boolean holds(@Nullable String actual) {
      boolean same = value.equals(actual == null ? "" : actual);
      return switch (comparison) {
        case EQUAL -> same;
        case NOT_EQUAL -> !same;
      };
    }

    @Override
    public String toString() {
      return field + (comparison == Comparison.EQUAL ? "=" : "!=") + escape(value);
    }
  }

  /// How a term compares.
  public enum Comparison {
    EQUAL,
    NOT_EQUAL
  }

  public FieldSelector {
    terms = List.copyOf(terms);
  }

  /// From the syntax of URLs: `metadata.name=x,spec.nodeName!=y`, with `\` before a literal comma,
  /// equals sign or backslash.
  ///
  /// @throws ApiException bad request, with Kubernetes' text
  public static FieldSelector parse(String text) {
    if (text.isEmpty()) {
      return EVERYTHING;
    }
    var terms = new ArrayList<Term>();
    for (String part : split(text)) {
      if (!part.isEmpty()) {
        terms.add(term(part, text));
      }
    }
    return new FieldSelector(terms);
  }

  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Term term(String part, String whole) {
    for (int i = 0; i < part.length(); i++) {
      String rest = part.substring(i);
      if (rest.startsWith("!=")) {
        return made(part, i, 2, Comparison.NOT_EQUAL, whole);
      }
      if (rest.startsWith("==")) {
        return made(part, i, 2, Comparison.EQUAL, whole);
      }
      if (rest.startsWith("=")) {
        return made(part, i, 1, Comparison.EQUAL, whole);
      }
      if (rest.startsWith("\\")) {
        i++;
      }
    }
    throw cannotUnderstand(part, whole);
  }

  private static Term made(String part, int at, int length, Comparison comparison, String whole) {
    String value = part.substring(at + length);
    var plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        char escaped = i < value.length() ? value.charAt(i) : ' ';
        if (escaped != '\\' && escaped != ',' && escaped != '=') {
          throw ApiException.badRequest(
              "invalid field selector: invalid escape sequence: " + value);
        }
        plain.append(escaped);
      } else if (c == '=') {
        throw cannotUnderstand(part, whole);
      } else {
        plain.append(c);
      }
    }
    return new Term(part.substring(0, at), comparison, plain.toString());
  }

  private static ApiException cannotUnderstand(String part, String whole) {
    return ApiException.badRequest(
        "invalid selector: '" + whole + "'; can't understand '" + part + "'");
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }

  public boolean matchesEverything() {
    return terms.isEmpty();
  }

  /// @param lookup from a field to its value; null where absent
  public boolean matches(Function<String, @Nullable String> lookup) {
    for (Term term : terms) {
      if (!term.holds(lookup.apply(term.field()))) {
        return false;
      }
    }
    return true;
  }

  /// The only value of the field that can match, when there is one: lets a reader go straight to
  /// the object, or to an index.
  public Optional<String> requiredValue(String field) {
    return terms.stream()
        .filter(t -> t.comparison() == Comparison.EQUAL && t.field().equals(field))
        .map(Term::value)
        .findFirst();
  }

  /// Canonical; [#parse] reads it back.
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }
}
