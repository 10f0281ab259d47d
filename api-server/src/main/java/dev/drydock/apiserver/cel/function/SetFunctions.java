package dev.drydock.apiserver.cel.function;

import dev.drydock.apiserver.cel.value.Equality;
import java.util.List;

/// Lists as sets: `sets.contains`, `sets.equivalent`, `sets.intersects`.
final class SetFunctions {
  private SetFunctions() {}

  static Library library() {
    var library = new Library();
    library.global(
        "sets.contains(list(T), list(T)): bool",
        Cost.PAIRS,
        a -> containsAll(Equality.elements(a[0]), Equality.elements(a[1])));
    library.global(
        "sets.equivalent(list(T), list(T)): bool",
        Cost.PAIRS,
        a ->
            containsAll(Equality.elements(a[0]), Equality.elements(a[1]))
                && containsAll(Equality.elements(a[1]), Equality.elements(a[0])));
    library.global(
        "sets.intersects(list(T), list(T)): bool",
        Cost.PAIRS,
        a -> {
          for (Object element : Equality.elements(a[1])) {
            if (Equality.contains(Equality.elements(a[0]), element)) {
              return true;
            }
          }
          return false;
        });
    return library;
  }

  private static boolean containsAll(List<Object> list, List<Object> wanted) {
    for (Object element : wanted) {
      if (!Equality.contains(list, element)) {
        return false;
      }
    }
    return true;
  }
}
