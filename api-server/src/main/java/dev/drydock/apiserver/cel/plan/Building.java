package dev.drydock.apiserver.cel.plan;

import dev.cel.common.ast.CelExpr;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Maybe;
import dev.drydock.apiserver.cel.value.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lists, maps and objects that an expression writes down.
final class Building {
  private static final int LIST_COST = 10;
  private static final int MAP_COST = 30;
  private static final int STRUCT_COST = 40;

  private Building() {}

  /// @param optional left out when the value is nothing
  record Entry(Node key, Node value, boolean optional) {}

  static Node list(List<Node> elements, CelExpr.CelList source) {
    Set<Integer> optional = Set.copyOf(source.optionalIndices());
    return frame -> {
      List<Object> list = new ArrayList<>(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        Object value = elements.get(i).evaluate(frame);
        if (!optional.contains(i)) {
          list.add(value);
        } else if (value instanceof Maybe(Object inner) && inner != null) {
          list.add(inner);
        }
      }
      frame.spend(LIST_COST);
      return list;
    };
  }

  static Node map(List<Entry> entries) {
    return frame -> {
      Map<Object, Object> map = entries(entries, frame);
      frame.spend(MAP_COST);
      return map;
    };
  }

  static Node struct(String type, List<Entry> entries) {
    return frame -> {
      Map<Object, Object> fields = entries(entries, frame);
      frame.spend(STRUCT_COST);
      return new Struct(type, fields);
    };
  }

  private static Map<Object, Object> entries(List<Entry> entries, Frame frame) {
    Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(entries.size());
    for (Entry entry : entries) {
      Object key = entry.key().evaluate(frame);
      Object value = entry.value().evaluate(frame);
      if (entry.optional()) {
        if (!(value instanceof Maybe(Object inner)) || inner == null) {
          continue;
        }
        value = inner;
      }
      if (map.putIfAbsent(key, value) != null) {
        throw CelEvaluationException.failed("Failed with repeated key");
      }
    }
    return map;
  }
}
