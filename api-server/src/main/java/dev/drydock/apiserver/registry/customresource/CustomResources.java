package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.customresource.CustomVersion.Serving;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.VersionConversion;
import dev.drydock.apiserver.schema.SchemaNode;
import dev.drydock.apiserver.served.ServedCustom;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.table.PrinterColumn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes of a CustomResourceDefinition what the server needs in order to serve it.
public final class CustomResources {
  private static final List<String> VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
  private static final List<String> PART_VERBS = List.of("get", "patch", "update");

  private final Function<ObjectNode, VersionConversion> conversions;
  private final CelEnvironment environment = new CelEnvironment();

  /// @param conversions makes the conversion between the versions of a definition
  public CustomResources(Function<ObjectNode, VersionConversion> conversions) {
    this.conversions = conversions;
  }

  /// @param definition accepted and established
  public CustomResource of(ObjectNode definition) {
    String group = Trees.text(definition, "spec", "group");
    String plural = Trees.text(definition, "status", "acceptedNames", "plural");
    var growth = new Growth();
    var versions = new ArrayList<CustomVersion>();
    String storedAs = "";
    for (ObjectNode version : Trees.objects(definition, "spec", "versions")) {
      versions.add(version(definition, version, growth));
      if (Trees.isTrue(version, "storage")) {
        storedAs = group + "/" + Trees.text(version, "name");
      }
    }
    var order = new VersionOrder();
    versions.sort(Comparator.comparing(version -> version.type().version(), order));
    var prefix = new StorePrefix("/registry/" + group + "/" + plural + "/");
    return new CustomResource(prefix, versions, storedAs, conversions.apply(definition), growth);
  }

  private CustomVersion version(ObjectNode definition, ObjectNode version, Growth growth) {
    ResourceType type = type(definition, Trees.text(version, "name"));
    JsonNode given = Trees.at(version, "schema", "openAPIV3Schema");
    ObjectNode schema = given instanceof ObjectNode object ? object : Trees.object();
    SchemaNode node = SchemaNode.parse(schema);
    var fields = new ArrayList<String>();
    for (ObjectNode field : Trees.objects(version, "selectableFields")) {
      fields.add(Trees.text(field, "jsonPath").substring(1));
    }
    var strategy =
        new CustomResourceStrategy(
            node,
            ScaleRules.of(Trees.at(version, "subresources", "scale")),
            RuleSet.of(node, environment),
            fields,
            growth);
    return new CustomVersion(
        new ServedCustom(
            info(definition, version, type),
            Trees.text(definition, "status", "acceptedNames", "listKind"),
            schema,
            columns(version)),
        Trees.isTrue(version, "served") ? Serving.SERVED : Serving.ONLY_STORED,
        strategy,
        subresources(version),
        new CustomBodies(node),
        deprecation(version, type));
  }

  private static ResourceType type(ObjectNode definition, String version) {
    JsonNode names = Trees.at(definition, "status", "acceptedNames");
    return new ResourceType(
        Trees.text(definition, "spec", "group"),
        version,
        Trees.text(names, "plural"),
        Trees.text(names, "kind"),
        Trees.text(definition, "spec", "scope").equals("Namespaced")
            ? Scope.NAMESPACED
            : Scope.CLUSTER);
  }

  private static TypeInfo info(ObjectNode definition, ObjectNode version, ResourceType type) {
    JsonNode names = Trees.at(definition, "status", "acceptedNames");
    var parts = new ArrayList<TypeInfo.Subresource>();
    if (Trees.has(version, "subresources", "status")) {
      parts.add(new TypeInfo.Subresource("status", type.groupVersionKind(), PART_VERBS));
    }
    if (Trees.has(version, "subresources", "scale")) {
      var scale = new GroupVersionKind("autoscaling", "v1", "Scale");
      parts.add(new TypeInfo.Subresource("scale", scale, PART_VERBS));
    }
    String stored = "";
    for (ObjectNode each : Trees.objects(definition, "spec", "versions")) {
      stored = Trees.isTrue(each, "storage") ? Trees.text(each, "name") : stored;
    }
    return new TypeInfo(
        type,
        Trees.text(names, "singular"),
        Trees.texts(names, "shortNames"),
        Trees.texts(names, "categories"),
        VERBS,
        hash(type.group() + "/" + stored + "/" + type.kind()),
        parts);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Subresource> subresources(ObjectNode version) {
    var all = new HashMap<String, Subresource>();
    if (Trees.has(version, "subresources", "status")) {
      all.put("status", StatusOnly.FACET);
    }
    JsonNode scale = Trees.at(version, "subresources", "scale");
    if (scale.isObject()) {
      all.put(
          "scale",
          new Subresource.Scale(
              path(scale, "specReplicasPath"),
              path(scale, "statusReplicasPath"),
              path(scale, "labelSelectorPath")));
    }
    return all;
  }

  private static String path(JsonNode scale, String field) {
    String path = Trees.text(scale, field);
    return path.startsWith(".") ? path.substring(1) : path;
  }

  private static List<PrinterColumn> columns(ObjectNode version) {
    var columns = new ArrayList<PrinterColumn>();
    for (ObjectNode column : Trees.objects(version, "additionalPrinterColumns")) {
      columns.add(
          new PrinterColumn(
              Trees.text(column, "name"),
              Trees.text(column, "type"),
              Trees.text(column, "format"),
              Trees.text(column, "description"),
              (int) Trees.number(column, 0, "priority"),
              Trees.text(column, "jsonPath")));
    }
    return columns;
  }

  private static String deprecation(ObjectNode version, ResourceType type) {
    if (!Trees.isTrue(version, "deprecated")) {
      return "";
    }
    String given = Trees.text(version, "deprecationWarning");
    return given.isEmpty() ? type.apiVersion() + " " + type.kind() + " is deprecated" : given;
  }
}
