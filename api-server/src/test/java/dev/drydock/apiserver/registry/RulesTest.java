package dev.drydock.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.schema.SchemaDefaults;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/// The rules of the kinds, as tables: blocks of a sentence, the resource and perhaps the
/// sub-resource through which a change comes, an object (or two: before and after), and the causes
/// and warnings that the server answers with (a dash of three dots stands for the rest of a long
/// one); none for a good object.
class RulesTest {

  private static final List<String> TABLES =
      List.of(
          "cluster",
          "pods",
          "containers",
          "podvolumes",
          "podchanges",
          "security",
          "scheduling",
          "services",
          "volumes",
          "workloads",
          "batch",
          "networking",
          "storage",
          "access",
          "admission",
          "devices",
          "definitions",
          "flowcontrol",
          "events");

  @TestFactory
  Stream<DynamicContainer> tables() throws IOException {
    var tables = new ArrayList<DynamicContainer>();
    for (String table : TABLES) {
      List<DynamicTest> rows = tests(table).toList();
      assertThat(rows).as(table).isNotEmpty();
      tables.add(DynamicContainer.dynamicContainer(table, rows));
    }
    return tables.stream();
  }

  private static Stream<DynamicTest> tests(String table) throws IOException {
    try (var in = RulesTest.class.getResourceAsStream("/rules/" + table + ".txt")) {
      byte[] bytes = java.util.Objects.requireNonNull(in).readAllBytes();
      String text = new String(bytes, StandardCharsets.UTF_8);
      return Stream.of(text.split("\n\n+", -1))
          .filter(block -> !block.isBlank())
          .map(block -> Case.parse(block.strip().lines().toList()))
          .map(one -> DynamicTest.dynamicTest(one.sentence, one::check));
    }
  }

  /// One block: sentence, resource, objects, expectations.
  private record Case(
      String sentence, String resource, List<String> objects, List<String> expected) {

    static Case parse(List<String> lines) {
      var objects = new ArrayList<String>();
      var expected = new ArrayList<String>();
      for (String line : lines.subList(2, lines.size())) {
        if (line.startsWith("{") && expected.isEmpty()) {
          objects.add(line);
        } else if (line.startsWith("  {")) {
          objects.add(objects.removeLast() + line.strip().substring(1));
        } else {
          expected.add(line);
        }
      }
      return new Case(lines.getFirst(), lines.get(1), objects, expected);
    }

    void check() {
      List<String> found = new ArrayList<>(found());
      for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
        String wanted = expected.get(i);
        if (wanted.endsWith("…")
            && found.get(i).startsWith(wanted.substring(0, wanted.length() - 1))) {
          found.set(i, wanted);
        }
      }
      assertThat(found).containsExactlyElementsOf(expected);
    }

    private List<String> found() {
      int space = resource.indexOf(' ');
      ResourceType type = RegistryFixture.type(space < 0 ? resource : resource.substring(0, space));
      ResourceStrategy strategy = Strategies.of(type);
      var told = new ArrayList<String>();
      var found = new Violations(warning -> told.add("warning: " + warning));
      ObjectNode first = complete(objects.getFirst(), type, strategy);
      if (objects.size() == 1) {
        strategy.prepareForCreate(first);
        strategy.validateCreate(first, found);
      } else {
        ObjectNode second = complete(objects.get(1), type, strategy);
        if (space < 0) {
          strategy.prepareForUpdate(second, first);
          strategy.validateUpdate(second, first, found);
        } else {
          change(type, resource.substring(space + 1), second, first, found);
        }
      }
      var all = new ArrayList<String>();
      found.errors().forEach(error -> all.add(error.toString().replace("\n", "\\n")));
      all.addAll(told);
      return all;
    }

    private static void change(
        ResourceType type, String part, ObjectNode object, ObjectNode before, Violations found) {
      var facet = (Subresource.Facet) Strategies.subresource(type, part).orElse(Facets.STATUS);
      facet.restriction().apply(object, before);
      facet.check().apply(Strategies.of(type), object, before, found);
    }

    private static ObjectNode complete(String loose, ResourceType type, ResourceStrategy strategy) {
      ObjectNode object = RegistryFixture.json(loose);
      object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
      Schema schema = Schemas.builtIn().kind(type.groupVersionKind()).orElseThrow();
      SchemaDecoding.decode(object, schema);
      SchemaDefaults.apply(object, schema);
      strategy.applyDefaults(object);
      return object;
    }
  }
}
