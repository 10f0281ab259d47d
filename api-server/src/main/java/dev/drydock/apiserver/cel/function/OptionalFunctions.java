package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import com.google.common.primitives.UnsignedLong;
import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.Maybe;
import dev.drydock.apiserver.cel.value.Null;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Optional values, and what two-variable comprehensions insert into maps. `or` and `orValue`
/// evaluate their argument only when they need it, so they are not here.
final class OptionalFunctions {
  private OptionalFunctions() {}

  static Library library() {
    var library = new Library();
    library.global("optional.of(V): optional(V)", a -> Maybe.of(a[0]));
    library.global(
        "optional.ofNonZeroValue(V): optional(V)", a -> isZero(a[0]) ? Maybe.NONE : Maybe.of(a[0]));
    library.global("optional.none(): optional(V)", a -> Maybe.NONE);
    library.global("optional.unwrap(list(optional(V))): list(V)", a -> unwrap((List<?>) a[0]));
    library.member("list(optional(V)).unwrapOpt(): list(V)", a -> unwrap((List<?>) a[0]));
    library.member("optional(V).hasValue(): bool", a -> ((Maybe) a[0]).value() != null);
    library.member("optional(V).value(): V", a -> value((Maybe) a[0]));
    library.member(
        "list(V).first(): optional(V)",
        a -> ((List<?>) a[0]).isEmpty() ? Maybe.NONE : Maybe.of(((List<?>) a[0]).getFirst()));
    library.member(
        "list(V).last(): optional(V)",
        a -> ((List<?>) a[0]).isEmpty() ? Maybe.NONE : Maybe.of(((List<?>) a[0]).getLast()));
    library.global(
        "cel.@mapInsert(map(K, V), K, V): map(K, V)", a -> insert((Map<?, ?>) a[0], a[1], a[2]));
    library.global(
        "cel.@mapInsert(map(K, V), map(K, V)): map(K, V)",
        a -> {
          Map<Object, Object> all = new LinkedHashMap<>((Map<?, ?>) a[0]);
          ((Map<?, ?>) a[1]).forEach((key, value) -> put(all, key, value));
          return all;
        });
    return library;
  }

  private static Object insert(Map<?, ?> map, Object key, Object value) {
    Map<Object, Object> all = new LinkedHashMap<>(map);
    put(all, key, value);
    return all;
  }

  private static void put(Map<Object, Object> map, Object key, Object value) {
    if (map.putIfAbsent(key, value) != null) {
      throw failed("insert failed: key '" + key + "' already exists");
    }
  }

  private static Object value(Maybe maybe) {
    if (maybe.value() == null) {
      throw failed("optional.none() dereference");
    }
    return maybe.value();
  }

  private static List<Object> unwrap(List<?> list) {
    List<Object> present = new ArrayList<>();
    for (Object element : list) {
      if (element instanceof Maybe(Object value) && value != null) {
        present.add(value);
      }
    }
    return present;
  }

  private static boolean isZero(Object value) {
    return switch (value) {
      case Null none -> true;
      case Boolean truth -> !truth;
      case Long number -> number == 0;
      case Double number -> number == 0;
      case UnsignedLong number -> number.equals(UnsignedLong.ZERO);
      case String text -> text.isEmpty();
      case ByteText bytes -> bytes.length() == 0;
      case Collection<?> collection -> collection.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case Maybe maybe -> maybe.value() == null;
      default -> false;
    };
  }
}
