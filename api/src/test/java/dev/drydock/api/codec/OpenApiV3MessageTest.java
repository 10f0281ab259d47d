package dev.drydock.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Numbers are the fields that lead from the document to what is looked at.
class OpenApiV3MessageTest {
  private static final int[] SCHEMA = {5, 1, 1, 2, 1};

  /// What a field holds at each place where the path leads.
  private static List<UnknownFieldSet.Field> at(String json, int... path) {
    byte[] bytes = OpenApiV3Message.of(TreeCodec.read(json.getBytes(UTF_8)));
    List<UnknownFieldSet> found = List.of(parse(bytes));
    for (int field : Arrays.copyOf(path, path.length - 1)) {
      found =
          found.stream()
              .flatMap(one -> one.getField(field).getLengthDelimitedList().stream())
              .map(one -> parse(one.toByteArray()))
              .toList();
    }
    int last = path[path.length - 1];
    return found.stream().filter(one -> one.hasField(last)).map(one -> one.getField(last)).toList();
  }

  private static UnknownFieldSet parse(byte[] bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(String json, int... path) {
    return at(json, path).stream()
        .flatMap(field -> field.getLengthDelimitedList().stream())
        .map(bytes -> bytes.toStringUtf8())
        .toList();
  }

  private static List<Long> varints(String json, int... path) {
    return at(json, path).stream().flatMap(field -> field.getVarintList().stream()).toList();
  }

  private static List<Double> numbers(String json, int... path) {
    return at(json, path).stream()
        .flatMap(field -> field.getFixed64List().stream())
        .map(Double::longBitsToDouble)
        .toList();
  }

  private static String schema(String text) {
    return "{\"components\":{\"schemas\":{\"a\":" + text + "}}}";
  }

  private static int[] inSchema(int... path) {
    int[] whole = Arrays.copyOf(SCHEMA, SCHEMA.length + path.length);
    System.arraycopy(path, 0, whole, SCHEMA.length, path.length);
    return whole;
  }

  @Test
  void operationsHaveParametersBodiesAndResponses() {
    String json =
        """
        {"openapi":"3.0.0","info":{"title":"T","version":"v1"},
         "paths":{"/a":{"parameters":[{"name":"pretty","in":"query","required":true,
                                       "schema":{"type":"string"}}],
           "get":{"tags":["x","y"],"operationId":"list","x-kubernetes-action":"list",
             "responses":{"200":{"description":"OK",
               "content":{"application/json":{"schema":{"$ref":"#/s"}}}},
               "default":{"description":"else"}}},
           "patch":{"requestBody":{"required":true,"content":{"*/*":{"schema":{"type":"object"}}}}}
         }},
         "components":{"securitySchemes":{"BearerToken":{"type":"apiKey","in":"header"}}}}\
        """;
    assertThat(texts(json, 1)).containsExactly("3.0.0");
    assertThat(texts(json, 2, 6)).containsExactly("v1");
    assertThat(texts(json, 4, 1, 1)).containsExactly("/a");
    assertThat(texts(json, 4, 1, 2, 13, 1, 1)).containsExactly("pretty");
    assertThat(varints(json, 4, 1, 2, 13, 1, 4)).containsExactly(1L);
    assertThat(texts(json, 4, 1, 2, 13, 1, 10, 1, 25)).containsExactly("string");
    assertThat(texts(json, 4, 1, 2, 4, 1)).containsExactly("x", "y");
    assertThat(texts(json, 4, 1, 2, 4, 13, 1)).containsExactly("x-kubernetes-action");
    assertThat(texts(json, 4, 1, 2, 4, 13, 2, 2)).containsExactly("\"list\"");
    assertThat(texts(json, 4, 1, 2, 4, 8, 2, 1)).containsExactly("200");
    assertThat(texts(json, 4, 1, 2, 4, 8, 2, 2, 1, 3, 1, 2, 1, 2, 1)).containsExactly("#/s");
    assertThat(texts(json, 4, 1, 2, 4, 8, 1, 1, 1)).containsExactly("else");
    assertThat(varints(json, 4, 1, 2, 10, 7, 1, 3)).containsExactly(1L);
    assertThat(texts(json, 4, 1, 2, 10, 7, 1, 2, 1, 2, 1, 1, 25)).containsExactly("object");
    assertThat(texts(json, 5, 7, 1, 2, 1, 4)).containsExactly("header");
  }

  @Test
  void schemasKeepTheirLimits() {
    String json =
        schema(
            """
            {"nullable":true,"minimum":-1.5,"maximum":0,"maxLength":300,"minItems":0,
             "exclusiveMinimum":true,"exclusiveMaximum":false,"pattern":"^é$",
             "required":["b","c"],"enum":["b",1,null],"x-kubernetes-validations":[{"rule":"true"}]}
            """);
    assertThat(varints(json, inSchema(1))).containsExactly(1L);
    assertThat(numbers(json, inSchema(13))).containsExactly(-1.5);
    assertThat(varints(json, inSchema(15))).containsExactly(300L);
    assertThat(varints(json, inSchema(14))).containsExactly(1L);
    assertThat(texts(json, inSchema(17))).containsExactly("^é$");
    assertThat(texts(json, inSchema(23))).containsExactly("b", "c");
    assertThat(texts(json, inSchema(24, 2))).containsExactly("\"b\"", "1", "null");
    assertThat(texts(json, inSchema(36, 2, 2))).containsExactly("[{\"rule\":\"true\"}]");
    for (int absent : List.of(11, 12, 19)) {
      assertThat(at(json, inSchema(absent))).as("field %d", absent).isEmpty();
    }
  }

  @Test
  void schemasHoldSchemasOrReferToThem() {
    String json =
        schema(
            """
            {"properties":{"p":{"type":"p"},"$ref":{"$ref":"#/q"}},"items":{"type":"i"},
             "additionalProperties":{"$ref":"#/a"},"not":{"type":"n"},
             "allOf":[{"$ref":"#/all","description":"D"}],"oneOf":[{"type":"1"},{"type":"2"}],
             "anyOf":[{"required":["r"]}]}
            """);
    assertThat(texts(json, inSchema(31, 1, 1))).containsExactly("p", "$ref");
    assertThat(texts(json, inSchema(31, 1, 2, 1, 25))).containsExactly("p");
    assertThat(texts(json, inSchema(31, 1, 2, 2, 1))).containsExactly("#/q");
    assertThat(texts(json, inSchema(30, 1, 1, 25))).containsExactly("i");
    assertThat(texts(json, inSchema(32, 1, 2, 1))).containsExactly("#/a");
    assertThat(texts(json, inSchema(29, 25))).containsExactly("n");
    assertThat(texts(json, inSchema(26, 2, 1))).containsExactly("#/all");
    assertThat(texts(json, inSchema(26, 2, 3))).containsExactly("D");
    assertThat(texts(json, inSchema(27, 1, 25))).containsExactly("1", "2");
    assertThat(texts(json, inSchema(28, 1, 23))).containsExactly("r");
    assertThat(varints(schema("{\"additionalProperties\":false}"), inSchema(32, 2)))
        .containsExactly(0L);
  }

  @Test
  void defaultsAreKeptWhereTheMessageHasAPlaceForThem() {
    assertThat(numbers(schema("{\"default\":0}"), inSchema(33, 1))).containsExactly(0.0);
    assertThat(varints(schema("{\"default\":false}"), inSchema(33, 2))).containsExactly(0L);
    assertThat(texts(schema("{\"default\":\"\"}"), inSchema(33, 3))).containsExactly("");
    assertThat(texts(schema("{\"default\":{\"a\":1}}"), inSchema(33))).containsExactly("");
    assertThat(at(schema("{}"), inSchema(33))).isEmpty();
  }
}
