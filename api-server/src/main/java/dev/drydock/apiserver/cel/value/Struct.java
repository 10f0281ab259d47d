package dev.drydock.apiserver.cel.value;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An object that an expression made: `Object.spec{replicas: 3}`.
public final class Struct extends AbstractMap<Object, Object> implements Named {
  private final String type;
  private final Map<Object, Object> fields;

  public Struct(String type, Map<Object, Object> fields) {
    this.type = type;
    this.fields = new LinkedHashMap<>(fields);
  }

  @Override
  public String typeName() {
    return type;
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return fields.entrySet();
  }
}
