package dev.drydock.apiserver.cel.value;

import java.util.AbstractList;
import tools.jackson.databind.node.ArrayNode;

/// A JSON array as a list of values.
public final class JsonList extends AbstractList<Object> {
  private final ArrayNode node;
  private final Shape shape;

  JsonList(ArrayNode node, Shape shape) {
    this.node = node;
    this.shape = shape;
  }

  /// Not to be changed.
  public ArrayNode node() {
    return node;
  }

  Shape shape() {
    return shape;
  }

  @Override
  public Object get(int index) {
    return Values.of(node.get(index), shape.kind() == Shape.Kind.LIST ? shape.items() : Shape.DYN);
  }

  @Override
  public int size() {
    return node.size();
  }
}
