package dev.drydock.apiserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.status.FieldError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What follows from a schema: errors, pruned fields, defaults.
class SchemaTest {
  private static ObjectNode yaml(String text) {
    return YamlCodec.decode(text).tree();
  }

  private static SchemaNode schema(String properties) {
    return SchemaNode.parse(yaml("{type: object, properties: {" + properties + "}}"));
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(
            "a text is no number",
            "a: {type: integer}",
            "{a: x}",
            "a: Invalid value: \"string\": a in body must be of type integer: \"string\""),
        Arguments.of("a whole number is a number", "a: {type: number}", "{a: 1}", ""),
        Arguments.of("1.0 is whole", "a: {type: integer}", "{a: 1.0}", ""),
        Arguments.of(
            "null needs permission",
            "a: {type: string}",
            "{a: null}",
            "a: Invalid value: \"null\": a in body must be of type string: \"null\""),
        Arguments.of("null with permission", "a: {type: string, nullable: true}", "{a: null}", ""),
        Arguments.of(
            "an int or string is no boolean",
            "a: {x-kubernetes-int-or-string: true}",
            "{a: true}",
            "a: Invalid value: \"boolean\": a in body must be of type integer,string:"
                + " \"boolean\""),
        Arguments.of(
            "one of a few",
            "a: {type: string, enum: [x, z]}",
            "{a: b}",
            "a: Unsupported value: \"b\": supported values: \"x\", \"z\""),
        Arguments.of(
            "below the minimum",
            "a: {type: integer, minimum: 1}",
            "{a: 0}",
            "a: Invalid value: 0: a in body should be greater than or equal to 1"),
        Arguments.of(
            "at an excluded maximum",
            "a: {type: integer, maximum: 5, exclusiveMaximum: true}",
            "{a: 5}",
            "a: Invalid value: 5: a in body should be less than 5"),
        Arguments.of(
            "no multiple",
            "a: {type: integer, multipleOf: 2}",
            "{a: 3}",
            "a: Invalid value: 3: a in body should be a multiple of 2"),
        Arguments.of(
            "too short",
            "a: {type: string, minLength: 3}",
            "{a: xx}",
            "a: Invalid value: \"xx\": a in body should be at least 3 chars long"),
        Arguments.of(
            "too long",
            "a: {type: string, maxLength: 1}",
            "{a: xx}",
            "a: Too long: may not be more than 1 bytes"),
        Arguments.of(
            "no match",
            "a: {type: string, pattern: '^a+$'}",
            "{a: b}",
            "a: Invalid value: \"b\": a in body should match '^a+$'"),
        Arguments.of(
            "no address",
            "a: {type: string, format: ipv4}",
            "{a: 1.2.3}",
            "a: Invalid value: \"1.2.3\": a in body must be of type ipv4: \"1.2.3\""),
        Arguments.of(
            "too many elements",
            "a: {type: array, maxItems: 1, items: {type: string}}",
            "{a: [x, z]}",
            "a: Too many: 2: must have at most 1 items"),
        Arguments.of(
            "inside a list",
            "a: {type: array, items: {type: object, required: [b], properties: {b: {type:"
                + " string}}}}",
            "{a: [{b: x}, {}]}",
            "a[1].b: Required value"),
        Arguments.of(
            "inside a map",
            "a: {type: object, additionalProperties: {type: integer}}",
            "{a: {k: x}}",
            "a.k: Invalid value: \"string\": a.k in body must be of type integer: \"string\""),
        Arguments.of(
            "none of two",
            "a: {type: object, properties: {b: {type: string}, c: {type: string}}, oneOf:"
                + " [{required: [b]}, {required: [c]}]}",
            "{a: {}}",
            "<nil>: Invalid value: \"\": \"a\" must validate one and only one schema (oneOf)."
                + " Found none valid|a.b: Required value"),
        Arguments.of(
            "forbidden by not",
            "a: {type: string, not: {enum: [x]}}",
            "{a: x}",
            "<nil>: Invalid value: \"\": \"a\" must not validate the schema (not)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void errors(String sentence, String properties, String object, String expected) {
    List<FieldError> errors = SchemaValidation.check(yaml(object), null, schema(properties));

    assertThat(errors.stream().map(FieldError::toString).toList())
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split("\\|")));
  }

  @Test
  void whatAnUpdateLeavesAsItWasIsNotCheckedAgain() {
    SchemaNode schema = schema("a: {type: integer, minimum: 5}, b: {type: integer, minimum: 5}");

    assertThat(SchemaValidation.check(yaml("{a: 1, b: 2}"), yaml("{a: 1, b: 1}"), schema))
        .extracting(FieldError::field)
        .containsExactly("b");
  }

  @Test
  void unknownFieldsArePruned() {
    SchemaNode schema =
        schema(
            "spec: {type: object, properties: {a: {type: string}, list: {type: array, items: {type:"
                + " object, properties: {b: {type: string}}}}, open: {type: object,"
                + " x-kubernetes-preserve-unknown-fields: true, properties: {c: {type: object,"
                + " properties: {d: {type: string}}}}}}}");
    ObjectNode object =
        yaml(
            "{apiVersion: v1, metadata: {name: x}, spec: {a: x, z: x, list: [{b: x, q: x}], open:"
                + " {any: {thing: 1}, c: {d: x, e: x}}}}");

    assertThat(Pruning.prune(object, schema))
        .containsExactlyInAnyOrder("spec.z", "spec.list[0].q", "spec.open.c.e");
    assertThat(object.at("/spec/open/any/thing").asInt()).isEqualTo(1);
  }

  @Test
  void defaultsFillGapsAndWrongNulls() {
    SchemaNode schema =
        schema(
            "spec: {type: object, default: {}, properties: {a: {type: string, default: x}, n:"
                + " {type: string}, m: {type: string, nullable: true, default: q}}}");
    ObjectNode absent = yaml("{kind: A}");
    ObjectNode nulls = yaml("{spec: {a: null, n: null, m: null}}");

    Defaulting.apply(absent, schema);
    assertThat(WrongNulls.prune(nulls, schema)).isTrue();
    assertThat(nulls.path("spec").toString()).isEqualTo("{\"a\":null,\"m\":null}");
    Defaulting.apply(nulls, schema);

    assertThat(absent.path("spec").toString()).isEqualTo("{\"a\":\"x\",\"m\":\"q\"}");
    assertThat(nulls.path("spec").toString()).isEqualTo("{\"a\":\"x\",\"m\":null}");
  }

  @Test
  void setsAndMapsHaveNoDuplicates() {
    SchemaNode schema =
        schema(
            "s: {type: array, x-kubernetes-list-type: set, items: {type: string}}, m: {type: array,"
                + " x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type:"
                + " object, properties: {k: {type: string}}}}");

    assertThat(
            ListTypes.duplicates(
                yaml("{s: [a, b, a], m: [{k: x}, {k: x, v: 1}, 5]}"), null, schema))
        .extracting(FieldError::toString)
        .containsExactly(
            "s[2]: Duplicate value: \"a\"",
            "m[1]: Duplicate value: {\"k\":\"x\"}",
            "m[2]: Invalid value: 5: must be an object for an array of list-type map");
  }

  static Stream<Arguments> structures() {
    return Stream.of(
        Arguments.of("fine", "{type: object, properties: {a: {type: string}}}", ""),
        Arguments.of(
            "no type", "{properties: {}}", "s.type: Required value: must not be empty at the root"),
        Arguments.of(
            "no type of a field",
            "{type: object, properties: {a: {}}}",
            "s.properties[a].type: Required value: must not be empty for specified object fields"),
        Arguments.of(
            "a key that may be absent",
            "{type: object, properties: {a: {type: array, x-kubernetes-list-type: map,"
                + " x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type:"
                + " string}}}}}}",
            "s.properties[a].items.properties[k].default: Required value: this property is in"
                + " x-kubernetes-list-map-keys, so it must have a default or be a required"
                + " property"),
        Arguments.of(
            "a type in a junctor",
            "{type: object, properties: {a: {type: string, anyOf: [{type: string}]}}}",
            "s.properties[a].anyOf[0].type: Forbidden: must be empty to be structural"),
        Arguments.of(
            "a default that does not fit",
            "{type: object, properties: {a: {type: integer, default: x}}}",
            "s.properties[a].default: Invalid value: \"string\":  in body must be of type"
                + " integer: \"string\""),
        Arguments.of(
            "rules for metadata",
            "{type: object, properties: {metadata: {type: object, properties: {labels: {type:"
                + " object}}}}}",
            "s.properties[metadata]: Forbidden: must not specify anything other than name and"
                + " generateName, but metadata is implicitly specified"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void structures(String sentence, String schema, String expected) {
    var rules = SchemaRules.check(yaml(schema), "s", (node, place) -> List.of());
    assertThat(
            Stream.of(rules.structure(), rules.keywords())
                .flatMap(List::stream)
                .map(FieldError::toString))
        .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected));
  }
}
