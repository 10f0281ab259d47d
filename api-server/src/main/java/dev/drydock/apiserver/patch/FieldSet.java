package dev.drydock.apiserver.patch;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A set of field paths, as a tree of path elements in the notation of `fieldsV1`. Immutable.
///
/// @param owned whether the path that leads here is itself in the set
/// @param children what lies below, by path element; none of them is empty
record FieldSet(boolean owned, SortedMap<String, FieldSet> children) {
  static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());
  static final FieldSet LEAF = new FieldSet(true, new TreeMap<>());

  /// Kinds of elements in Kubernetes' order (fields, keys, values, indexes), then by text.
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(text -> "fkvi".indexOf(text.charAt(0)))
          .thenComparing(Comparator.naturalOrder());

  FieldSet {
    children = Collections.unmodifiableSortedMap(children);
  }

  private static FieldSet of(boolean owned, SortedMap<String, FieldSet> children) {
    if (children.isEmpty()) {
      return owned ? LEAF : EMPTY;
    }
    return new FieldSet(owned, children);
  }

  boolean isEmpty() {
    return !owned && children.isEmpty();
  }

  /// What lies below an element; empty when nothing does.
  FieldSet child(String element) {
    return children.getOrDefault(element, EMPTY);
  }

  FieldSet union(FieldSet other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    SortedMap<String, FieldSet> all = copy();
    other.children.forEach((element, child) -> all.merge(element, child, FieldSet::union));
    return of(owned || other.owned, all);
  }

  /// Paths of this set that are in the other one too.
  FieldSet intersection(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return EMPTY;
    }
    SortedMap<String, FieldSet> both = new TreeMap<>(ORDER);
    children.forEach(
        (element, child) -> put(both, element, child.intersection(other.child(element))));
    return of(owned && other.owned, both);
  }

  /// This set without the paths of the other one. What lies below a removed path stays.
  FieldSet minus(FieldSet other) {
    return minus(other, false);
  }

  /// This set without the paths of the other one and all that lies below them.
  FieldSet minusBelow(FieldSet other) {
    return minus(other, true);
  }

  private FieldSet minus(FieldSet other, boolean below) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    if (below && other.owned) {
      return EMPTY;
    }
    @Nullable SortedMap<String, FieldSet> left = null;
    for (Map.Entry<String, FieldSet> removed : other.children.entrySet()) {
      @Nullable FieldSet present = children.get(removed.getKey());
      if (present != null) {
        FieldSet rest = present.minus(removed.getValue(), below);
        if (!rest.equals(present)) {
          left = left == null ? copy() : left;
          left.remove(removed.getKey());
          put(left, removed.getKey(), rest);
        }
      }
    }
    boolean stillOwned = owned && !other.owned;
    return (left == null && stillOwned == owned)
        ? this
        : of(stillOwned, left == null ? children : left);
  }

  private SortedMap<String, FieldSet> copy() {
    SortedMap<String, FieldSet> copy = new TreeMap<>(ORDER);
    copy.putAll(children);
    return copy;
  }

  private static void put(SortedMap<String, FieldSet> map, String element, FieldSet child) {
    if (!child.isEmpty()) {
      map.put(element, child);
    }
  }

  /// Tells every path of the set as messages write it: `.spec.containers[name="web"].image`.
  void eachPath(Consumer<String> consumer) {
    eachPath("", consumer);
  }

  private void eachPath(String prefix, Consumer<String> consumer) {
    if (owned) {
      consumer.accept(prefix);
    }
    children.forEach((element, child) -> child.eachPath(prefix + readable(element), consumer));
  }

  private static String readable(String element) {
    String text = element.substring(2);
    return switch (element.charAt(0)) {
      case 'f' -> "." + text;
      case 'k' -> "[" + FieldSetCodec.readableKey(text) + "]";
      case 'v' -> "[=" + text + "]";
      default -> "[" + text + "]";
    };
  }

  /// Collects paths; used by one thread, then built.
  static final class Builder {
    private boolean owned;
    private @Nullable TreeMap<String, Builder> children;

    Builder own() {
      owned = true;
      return this;
    }

    Builder child(String element) {
      if (children == null) {
        children = new TreeMap<>(ORDER);
      }
      return children.computeIfAbsent(element, _ -> new Builder());
    }

    FieldSet build() {
      if (children == null) {
        return owned ? LEAF : EMPTY;
      }
      SortedMap<String, FieldSet> built = new TreeMap<>(ORDER);
      children.forEach((element, child) -> put(built, element, child.build()));
      return of(owned, built);
    }
  }
}
