package dev.drydock.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoValuesTest {
  private static final JsonNode VALUE =
      TreeCodec.readValue("{\"b\":[1,\"x\",null],\"a\":true}".getBytes(StandardCharsets.UTF_8));

  @Test
  void valuesArePrintedWithSortedKeys() {
    assertThat(GoValues.plain(VALUE)).isEqualTo("map[a:true b:[1 x <nil>]]");
    assertThat(GoValues.source(VALUE))
        .isEqualTo(
            "map[string]interface {}{\"a\":true, \"b\":[]interface {}{1, \"x\", interface"
                + " {}(nil)}}");
  }

  @Test
  void typesAreThoseOfValuesWithoutTypes() {
    assertThat(GoValues.type(VALUE)).isEqualTo("map[string]interface {}");
    assertThat(GoValues.type(VALUE.path("b"))).isEqualTo("[]interface {}");
    assertThat(GoValues.type(VALUE.path("a"))).isEqualTo("bool");
  }
}
