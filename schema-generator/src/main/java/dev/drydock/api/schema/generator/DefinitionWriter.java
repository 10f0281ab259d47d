package dev.drydock.api.schema.generator;

import dev.drydock.api.schema.generator.DefinitionNames.Definition;
import dev.drydock.api.schema.generator.ModelJar.Field;
import java.io.IOException;
import java.lang.classfile.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes definitions, one a line: name, group, version, kind, JSON; and their descriptions.
///
/// The JSON: `t` type (`o` object, `m` map, `a` array, `s` string, `i` integer, `n` number, `b`
/// boolean, `x` anything), or `r` a reference; `p` properties, `q` required, `e` elements,
/// `f` format, `d` default, `v` possible values; `lt`, `lk`, `mt`, `ps`, `pk` list type, list
/// keys, map type, patch strategies, patch key.
final class DefinitionWriter {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String EXTENSIONS =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
  private static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";

  /// API objects without metadata.
  private static final Set<String> BARE_OBJECTS =
      Set.of("APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "DeleteOptions");

  private final DefinitionNames names;
  private final FactTable facts;
  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final JsonMapper mapper = JsonMapper.builder().build();

  DefinitionWriter(DefinitionNames names, FactTable facts) {
    this.names = names;
    this.facts = facts;
  }

  List<String> definitions(ModelJar jar) throws IOException {
    var lines = new ArrayList<String>();
    for (Definition definition : names.all()) {
      lines.add(
          String.join(
              "\t",
              definition.name(),
              isApiObject(definition, jar) ? definition.group() : "-",
              definition.version(),
              definition.kind(),
              definition(definition, jar).toString()));
    }
    facts.requireAllTaken();
    return lines;
  }

  /// Whether objects of the definition stand alone, so that a group, version and kind name them.
  private static boolean isApiObject(Definition definition, ModelJar jar) throws IOException {
    var fields = jar.model(definition.className()).fields().stream().map(Field::name).toList();
    return fields.contains("apiVersion")
        && fields.contains("kind")
        && (fields.contains("metadata") || BARE_OBJECTS.contains(definition.kind()));
  }

  /// One line for each definition: its name, then a JSON object from field name (empty: itself).
  List<String> descriptions(ModelJar jar) throws IOException {
    var lines = new ArrayList<String>();
    for (Definition definition : names.all()) {
      ObjectNode texts = json.objectNode();
      var model = jar.model(definition.className());
      texts.put("", model.description());
      for (Field field : model.fields()) {
        texts.put(field.name(), field.description());
      }
      lines.add(definition.name() + "\t" + mapper.writeValueAsString(texts));
    }
    return lines;
  }

  private ObjectNode definition(Definition definition, ModelJar jar) throws IOException {
    ObjectNode node = json.objectNode().put("t", "o");
    putFacts(node, facts.of(definition.name(), ""));
    ObjectNode properties = node.putObject("p");
    var required = new ArrayList<String>();
    for (Field field : jar.model(definition.className()).fields()) {
      Map<String, String> known = facts.of(definition.name(), field.name());
      ObjectNode property = value(definition, field, field.type(), known);
      putFacts(property, known);
      facts
          .takeDefault(definition.name(), field.name())
          .ifPresent(value -> property.set("d", value));
      facts
          .takeValues(definition.name(), field.name())
          .ifPresent(values -> property.set("v", values));
      properties.set(field.name(), property);
      if (field.required()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      required.forEach(node.putArray("q")::add);
    }
    return node;
  }

  private ObjectNode value(
      Definition definition, Field field, Signature type, Map<String, String> known) {
    ObjectNode node = json.objectNode();
    switch (type) {
      case Signature.ArrayTypeSig _ -> node.put("t", "s").put("f", "byte");
      case Signature.ClassTypeSig classType -> {
        String simple = classType.className();
        simple = simple.substring(simple.lastIndexOf('/') + 1);
        switch (simple) {
          case "String" -> node.put("t", "s");
          case "Integer" -> node.put("t", "i").put("f", "int32");
          case "Long" -> node.put("t", "i").put("f", "int64");
          case "Double" -> node.put("t", "n").put("f", "double");
          case "Boolean" -> node.put("t", "b");
          case "OffsetDateTime" ->
              node.put("r", META + (known.containsKey("micro-time") ? "MicroTime" : "Time"));
          case "IntOrString" -> node.put("r", "io.k8s.apimachinery.pkg.util.intstr.IntOrString");
          case "Quantity" -> node.put("r", "io.k8s.apimachinery.pkg.api.resource.Quantity");
          case "Object" -> node.put("r", freeForm(definition, field));
          case "List" ->
              node.put("t", "a").set("e", value(definition, field, argument(classType, 0), known));
          case "Map" ->
              node.put("t", "m").set("e", value(definition, field, argument(classType, 1), known));
          default -> {
            String name = names.require(simple).name();
            node.put("r", name);
            putFacts(node, facts.of(name, ""));
          }
        }
      }
      case Signature.BaseTypeSig _, Signature.TypeVarSig _ ->
          throw new IllegalStateException(definition.name() + "." + field.name() + ": " + type);
    }
    return node;
  }

  private static Signature argument(Signature.ClassTypeSig type, int index) {
    if (type.typeArgs().get(index) instanceof Signature.TypeArg.Bounded bounded) {
      return bounded.boundType();
    }
    throw new IllegalStateException(type.toString());
  }

  private static String freeForm(Definition definition, Field field) {
    if (field.name().equals("fieldsV1")) {
      return META + "FieldsV1";
    }
    if (!definition.name().startsWith(EXTENSIONS)) {
      return RAW;
    }
    return EXTENSIONS
        + switch (field.name()) {
          case "items" -> "JSONSchemaPropsOrArray";
          case "additionalItems", "additionalProperties" -> "JSONSchemaPropsOrBool";
          case "dependencies" -> "JSONSchemaPropsOrStringArray";
          default -> "JSON";
        };
  }

  private void putFacts(ObjectNode node, Map<String, String> known) {
    known.forEach(
        (fact, text) -> {
          switch (fact) {
            case "list-type" -> node.put("lt", text);
            case "map-type" -> node.put("mt", text);
            case "patch-merge-key" -> node.put("pk", text);
            case "list-map-keys" -> List.of(text.split(",", -1)).forEach(node.withArray("lk")::add);
            case "patch-strategy" ->
                List.of(text.split(",", -1)).forEach(node.withArray("ps")::add);
            case "micro-time" -> {}
            default -> throw new IllegalStateException("unknown fact: " + fact);
          }
        });
  }
}
