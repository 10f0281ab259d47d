package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.schema.Defaulting;
import dev.drydock.apiserver.schema.Embedded;
import dev.drydock.apiserver.schema.MetadataShape;
import dev.drydock.apiserver.schema.Pruning;
import dev.drydock.apiserver.schema.SchemaNode;
import dev.drydock.apiserver.schema.SchemaShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of one version of a custom resource.
final class CustomBodies implements BodyRules {
  private final GroupVersionKind kind;
  private final SchemaNode node;
  private final Schema shape;

  CustomBodies(GroupVersionKind kind, SchemaNode node) {
    this.kind = kind;
    this.node = node;
    this.shape = SchemaShape.ofObjects(node);
  }

  @Override
  public Schema schema() {
    return shape;
  }

  SchemaNode node() {
    return node;
  }

  @Override
  public List<String> decode(ObjectNode body) {
    var unknown = new ArrayList<String>();
    // Only the metadata have a class behind them; their types are checked at once.
    ObjectNode only = Trees.object();
    only.set("metadata", Trees.child(body, "metadata"));
    unknown.addAll(SchemaDecoding.decode(only, MetadataShape.INSTANCE, kind));
    unknown.addAll(Pruning.prune(body, node));
    unknown.addAll(Embedded.decode(body, node));
    Collections.sort(unknown);
    return unknown;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    Defaulting.apply(object, node);
  }

  @Override
  public boolean refresh(ObjectNode object) {
    boolean pruned = !Pruning.prune(object, node).isEmpty();
    return Defaulting.apply(object, node) || pruned;
  }

  @Override
  public Naming naming() {
    return Naming.REQUIRED;
  }

  @Override
  public Merging merging() {
    return Merging.PLAIN;
  }
}
