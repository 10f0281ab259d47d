package dev.drydock.apiserver.cel.function;

import dev.cel.common.types.CelType;
import dev.drydock.apiserver.cel.function.Overload.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Functions that belong together, written down by their signatures:
/// `string.split(string): list(string)`.
final class Library {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Class<?>> classes = new HashMap<>();

  /// All overloads of a name in one style.
  record Entry(String name, Style style, List<Overload> overloads) {}

  /// Makes a type known.
  ///
  /// @param name in signatures
  /// @param declared its full name in CEL
  void type(String name, String declared, Class<?> values) {
    types.put(name, declared);
    classes.put(declared, values);
  }

  void global(String signature, Body body) {
    global(signature, Cost.ONE, body);
  }

  void global(String signature, Cost cost, Body body) {
    int open = signature.indexOf('(');
    add(signature.substring(0, open), Style.GLOBAL, "", signature.substring(open), cost, body);
  }

  void member(String signature, Body body) {
    member(signature, Cost.ONE, body);
  }

  void member(String signature, Cost cost, Body body) {
    int depth = 0;
    for (int i = 0; i < signature.length(); i++) {
      char c = signature.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '.' && depth == 0) {
        int open = signature.indexOf('(', i);
        String name = signature.substring(i + 1, open);
        String receiver = signature.substring(0, i);
        add(name, Style.MEMBER, receiver, signature.substring(open), cost, body);
        return;
      }
    }
    throw new IllegalArgumentException("no receiver: " + signature);
  }

  private void add(String name, Style style, String receiver, String rest, Cost cost, Body body) {
    int close = rest.lastIndexOf("):");
    List<String> parameters = new ArrayList<>();
    if (!receiver.isEmpty()) {
      parameters.add(receiver);
    }
    parameters.addAll(Signatures.split(rest.substring(1, close)));
    List<CelType> declared = parameters.stream().map(text -> Signatures.type(text, types)).toList();
    CelType result = Signatures.type(rest.substring(close + 2).trim(), types);
    List<Class<?>> valueClasses = new ArrayList<>();
    for (CelType type : declared) {
      Class<?> known = classes.get(type.name());
      valueClasses.add(known == null ? Signatures.valueClass(type) : known);
    }
    entries
        .computeIfAbsent(name + "/" + style, ignored -> new Entry(name, style, new ArrayList<>()))
        .overloads()
        .add(new Overload(valueClasses, result, declared, body, cost));
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  Map<String, String> types() {
    return Map.copyOf(types);
  }
}
