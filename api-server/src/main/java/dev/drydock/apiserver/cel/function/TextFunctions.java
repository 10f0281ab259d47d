package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;
import static dev.drydock.apiserver.cel.value.Values.size;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;

/// Texts: CEL's `strings` library, and Kubernetes' `find` and `findAll`.
final class TextFunctions {
  private static final Cost RESULT = (arguments, result) -> Cost.ceil(size(result) * 2 * Cost.TEXT);

  private TextFunctions() {}

  static Library library() {
    var library = new Library();
    library.member("string.charAt(int): string", a -> charAt((String) a[0], (Long) a[1]));
    library.member("string.indexOf(string): int", a -> indexOf((String) a[0], (String) a[1], 0));
    library.member(
        "string.indexOf(string, int): int",
        a -> indexOf((String) a[0], (String) a[1], (Long) a[2]));
    library.member(
        "string.lastIndexOf(string): int",
        a -> (long) points((String) a[0], ((String) a[0]).lastIndexOf((String) a[1])));
    library.member(
        "string.lastIndexOf(string, int): int",
        a -> lastIndexOf((String) a[0], (String) a[1], (Long) a[2]));
    library.member(
        "string.lowerAscii(): string", Cost.TEXT_OF_FIRST, a -> ascii((String) a[0], 'A', 'Z', 32));
    library.member(
        "string.upperAscii(): string",
        Cost.TEXT_OF_FIRST,
        a -> ascii((String) a[0], 'a', 'z', -32));
    library.member("string.trim(): string", Cost.TEXT_OF_FIRST, a -> ((String) a[0]).strip());
    library.global(
        "strings.quote(string): string", Cost.TEXT_OF_FIRST, a -> Quote.of((String) a[0]));
    parts(library);
    patterns(library);
    library.member(
        "string.format(list(dyn)): string",
        Cost.TEXT_OF_FIRST,
        a -> TextFormat.format((String) a[0], (List<?>) a[1]));
    return library;
  }

  private static void parts(Library library) {
    library.member(
        "string.replace(string, string): string",
        Cost.TWICE_TEXT_OF_FIRST,
        a -> replace((String) a[0], (String) a[1], (String) a[2], -1));
    library.member(
        "string.replace(string, string, int): string",
        Cost.TWICE_TEXT_OF_FIRST,
        a -> replace((String) a[0], (String) a[1], (String) a[2], (Long) a[3]));
    library.member(
        "string.split(string): list(string)",
        Cost.TWICE_TEXT_OF_FIRST,
        a -> split((String) a[0], (String) a[1], -1));
    library.member(
        "string.split(string, int): list(string)",
        Cost.TWICE_TEXT_OF_FIRST,
        a -> split((String) a[0], (String) a[1], (Long) a[2]));
    library.member(
        "string.substring(int): string",
        Cost.TEXT_OF_FIRST,
        a -> substring((String) a[0], (Long) a[1], size(a[0])));
    library.member(
        "string.substring(int, int): string",
        Cost.TEXT_OF_FIRST,
        a -> substring((String) a[0], (Long) a[1], (Long) a[2]));
    library.member("list(string).join(): string", RESULT, a -> join((List<?>) a[0], ""));
    library.member(
        "list(string).join(string): string", RESULT, a -> join((List<?>) a[0], (String) a[1]));
  }

  private static void patterns(Library library) {
    library.member(
        "string.find(string): string",
        Cost.MATCH,
        a -> {
          Matcher matcher = Patterns.compile((String) a[1]).matcher((String) a[0]);
          return matcher.find() ? matcher.group() : "";
        });
    library.member(
        "string.findAll(string): list(string)",
        Cost.MATCH,
        a -> findAll((String) a[0], (String) a[1], -1));
    library.member(
        "string.findAll(string, int): list(string)",
        Cost.MATCH,
        a -> findAll((String) a[0], (String) a[1], (Long) a[2]));
  }

  private static List<String> findAll(String text, String pattern, long limit) {
    Matcher matcher = Patterns.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while ((limit < 0 || found.size() < limit) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static String charAt(String text, long index) {
    if (index < 0 || index > size(text)) {
      throw failed("index out of range: " + index);
    }
    return index == size(text) ? "" : substring(text, index, index + 1);
  }

  private static int at(String text, long index) {
    return text.offsetByCodePoints(0, (int) index);
  }

  private static int points(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }

  private static long indexOf(String text, String part, long from) {
    if (from < 0 || from > size(text)) {
      throw failed("index out of range: " + from);
    }
    return points(text, text.indexOf(part, at(text, from)));
  }

  private static long lastIndexOf(String text, String part, long from) {
    if (from < 0 || from > size(text)) {
      throw failed("index out of range: " + from);
    }
    return points(text, text.lastIndexOf(part, at(text, from)));
  }

  private static String substring(String text, long from, long to) {
    if (from < 0 || from > size(text)) {
      throw failed("index out of range: " + from);
    }
    if (to < 0 || to > size(text)) {
      throw failed("index out of range: " + to);
    }
    if (from > to) {
      throw failed("invalid substring range. start: " + from + ", end: " + to);
    }
    return text.substring(at(text, from), at(text, to));
  }

  private static String ascii(String text, char first, char last, int shift) {
    var changed = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= first && c <= last) {
        changed.setCharAt(i, (char) (c + shift));
      }
    }
    return changed.toString();
  }

  private static String replace(String text, String from, String to, long limit) {
    if (limit < 0) {
      return text.replace(from, to);
    }
    var result = new StringBuilder();
    int at = 0;
    for (long i = 0; i < limit; i++) {
      int found = text.indexOf(from, at);
      if (found < 0) {
        break;
      }
      result.append(text, at, found).append(to);
      at = found + from.length();
    }
    return result.append(text, at, text.length()).toString();
  }

  private static List<String> split(String text, String separator, long limit) {
    if (limit == 0) {
      return List.of();
    }
    if (separator.isEmpty()) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (limit < 0 || parts.size() < limit - 1) {
      int found = text.indexOf(separator, at);
      if (found < 0) {
        break;
      }
      parts.add(text.substring(at, found));
      at = found + separator.length();
    }
    parts.add(text.substring(at));
    return parts;
  }

  private static String join(List<?> parts, String separator) {
    var text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i) instanceof String part)) {
        throw failed("join: invalid input: " + parts.get(i));
      }
      text.append(i == 0 ? "" : separator).append(part);
    }
    return text.toString();
  }
}
