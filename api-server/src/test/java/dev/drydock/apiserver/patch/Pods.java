package dev.drydock.apiserver.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Small pods with everything that patches treat in a way of its own: maps, atomic maps, lists by
/// one key and by two, atomic lists, sets, unions. Nothing in them is empty or null, so that a
/// field is there or not.
final class Pods {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Pods() {}

  /// A field that is there or not.
  private record Part(String name, Optional<JsonNode> value) {}

  static Arbitrary<ObjectNode> all() {
    return object(
        List.of(
            fixed(
                "metadata",
                object(
                    List.of(
                        fixed("name", Arbitraries.just(NODES.stringNode("p"))),
                        maybe("labels", map("a", "b", "c")),
                        maybe("finalizers", strings("a/a", "b/b", "c/c", "d/d"))))),
            maybe("spec", spec())));
  }

  private static Arbitrary<ObjectNode> spec() {
    return object(
        List.of(
            maybe("containers", keyed(Pods::container, "a", "b", "c")),
            maybe("volumes", keyed(Pods::volume, "u", "v")),
            maybe("nodeSelector", map("n", "m")),
            maybe("tolerations", list(Arbitraries.of("k", "l").map(Pods::toleration))),
            maybe("terminationGracePeriodSeconds", number(1, 2)),
            maybe("hostNetwork", Arbitraries.of(true, false).map(NODES::booleanNode)),
            maybe(
                "securityContext",
                object(
                    List.of(fixed("runAsUser", number(1, 2)), maybe("fsGroup", number(1, 2)))))));
  }

  private static Arbitrary<ObjectNode> container(String name) {
    return object(
        List.of(
            fixed("name", Arbitraries.just(NODES.stringNode(name))),
            maybe("image", Arbitraries.of("x", "y").map(NODES::stringNode)),
            maybe("args", list(Arbitraries.of("1", "2").map(NODES::stringNode))),
            maybe("env", keyed(Pods::variable, "E", "F", "G")),
            maybe("ports", ports())));
  }

  private static Arbitrary<ObjectNode> variable(String name) {
    return Arbitraries.of("1", "2").map(value -> named(name).put("value", value));
  }

  private static Arbitrary<ObjectNode> volume(String name) {
    return Arbitraries.of(0, 1, 2)
        .map(
            which -> {
              ObjectNode volume = named(name);
              switch (which) {
                case 0 -> volume.putObject("configMap").put("name", "c");
                case 1 -> volume.putObject("hostPath").put("path", "/h").put("type", "File");
                default -> volume.putObject("hostPath").put("path", "/g");
              }
              return volume;
            });
  }

  private static Arbitrary<ArrayNode> ports() {
    Arbitrary<ObjectNode> port =
        Combinators.combine(
                Arbitraries.of(80, 81), Arbitraries.of("TCP", "UDP"), Arbitraries.of("", "web"))
            .as(
                (number, protocol, name) -> {
                  ObjectNode made = NODES.objectNode();
                  made.put("containerPort", number).put("protocol", protocol);
                  return name.isEmpty() ? made : made.put("name", name);
                });
    return port.list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .uniqueElements(it -> it.path("containerPort") + "/" + it.path("protocol"))
        .map(Pods::array);
  }

  private static ObjectNode named(String name) {
    return NODES.objectNode().put("name", name);
  }

  private static ObjectNode toleration(String key) {
    return NODES.objectNode().put("key", key).put("operator", "Exists");
  }

  private static Arbitrary<JsonNode> number(int... values) {
    return Arbitraries.of(Arrays.stream(values).boxed().toList()).map(NODES::numberNode);
  }

  private static Arbitrary<ObjectNode> map(String... keys) {
    return Arbitraries.maps(Arbitraries.of(keys), Arbitraries.of("x", "y"))
        .ofMinSize(1)
        .map(
            map -> {
              ObjectNode object = NODES.objectNode();
              new TreeMap<>(map).forEach(object::put);
              return object;
            });
  }

  private static Arbitrary<ArrayNode> strings(String... values) {
    return Arbitraries.of(values)
        .list()
        .ofMinSize(1)
        .ofMaxSize(values.length)
        .uniqueElements()
        .map(list -> array(list.stream().map(NODES::stringNode).toList()));
  }

  private static <T extends JsonNode> Arbitrary<ArrayNode> list(Arbitrary<T> element) {
    return element.list().ofMinSize(1).ofMaxSize(2).map(Pods::array);
  }

  /// Some of the elements, beginning with any of them.
  private static Arbitrary<ArrayNode> keyed(
      Function<String, Arbitrary<ObjectNode>> element, String... names) {
    List<Arbitrary<Part>> parts =
        Arrays.stream(names).map(name -> maybe(name, element.apply(name))).toList();
    return Combinators.combine(
            Combinators.combine(parts).as(list -> list),
            Arbitraries.integers().between(0, names.length - 1))
        .as(
            (list, first) -> {
              List<Part> turned = new ArrayList<>(list);
              Collections.rotate(turned, first);
              return array(
                  turned.stream()
                      .flatMap(part -> part.value().stream())
                      .map(JsonNode::deepCopy)
                      .toList());
            });
  }

  private static ArrayNode array(List<? extends JsonNode> elements) {
    return NODES.arrayNode().addAll(elements);
  }

  private static Arbitrary<Part> fixed(String name, Arbitrary<? extends JsonNode> value) {
    return value.map(it -> new Part(name, Optional.of(it)));
  }

  private static Arbitrary<Part> maybe(String name, Arbitrary<? extends JsonNode> value) {
    return value.optional(0.5).map(it -> new Part(name, it.map(JsonNode.class::cast)));
  }

  private static Arbitrary<ObjectNode> object(List<Arbitrary<Part>> parts) {
    return Combinators.combine(new ArrayList<>(parts))
        .as(
            list -> {
              ObjectNode object = NODES.objectNode();
              for (Part part : list) {
                part.value()
                    .filter(value -> !value.isContainer() || !value.isEmpty())
                    .ifPresent(value -> object.set(part.name(), value.deepCopy()));
              }
              return object;
            });
  }
}
