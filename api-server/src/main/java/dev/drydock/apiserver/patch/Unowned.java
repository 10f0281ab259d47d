package dev.drydock.apiserver.patch;

import java.util.List;

/// Fields that belong to the server alone, so that no manager owns them.
final class Unowned {
  private static final List<String> IN_METADATA =
      List.of(
          "name",
          "namespace",
          "creationTimestamp",
          "selfLink",
          "uid",
          "clusterName",
          "generation",
          "managedFields",
          "resourceVersion");
  static final FieldSet FIELDS = fields();

  private Unowned() {}

  private static FieldSet fields() {
    var builder = new FieldSet.Builder();
    builder.child("f:apiVersion").own();
    builder.child("f:kind").own();
    FieldSet.Builder metadata = builder.child("f:metadata");
    IN_METADATA.forEach(name -> metadata.child("f:" + name).own());
    return builder.build();
  }

  static FieldSet without(FieldSet set) {
    FieldSet rest = set.minusBelow(FIELDS);
    FieldSet metadata = rest.child("f:metadata");
    if (metadata.owned()) {
      var self = new FieldSet.Builder();
      self.child("f:metadata").own();
      return rest.minus(self.build());
    }
    return rest;
  }
}
