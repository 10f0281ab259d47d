package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.schema.Defaulting;
import dev.drydock.apiserver.schema.Embedded;
import dev.drydock.apiserver.schema.ObjectMetadata;
import dev.drydock.apiserver.schema.Pruning;
import dev.drydock.apiserver.schema.SchemaNode;
import dev.drydock.apiserver.schema.SchemaShape;
import dev.drydock.apiserver.schema.WrongNulls;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of one version of a custom resource.
final class CustomBodies implements BodyRules {
  private final SchemaNode node;
  private final Schema shape;

  CustomBodies(SchemaNode node) {
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
    List<String> unknown = decodeIntent(body);
    WrongNulls.prune(body, node);
    return unknown;
  }

  @Override
  public List<String> decodeIntent(ObjectNode body) {
    // Only the metadata have a class behind them; their types are checked at once.
    List<String> unknown = new ArrayList<>(ObjectMetadata.decode(body));
    Pruning.prune(body, node).stream().sorted().forEach(unknown::add);
    Embedded.decode(body, node).stream().sorted().forEach(unknown::add);
    return unknown;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    Defaulting.apply(object, node);
  }

  @Override
  public boolean refresh(ObjectNode object) {
    boolean pruned = !Pruning.prune(object, node).isEmpty();
    boolean nulls = WrongNulls.prune(object, node);
    return Defaulting.apply(object, node) || pruned || nulls;
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
