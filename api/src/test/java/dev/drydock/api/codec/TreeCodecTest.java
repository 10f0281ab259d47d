package dev.drydock.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class TreeCodecTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFieldThatComesTwiceIsNamedAndTheLastCounts() {
    byte[] json = utf8("{\"a\":[{\"b\":1,\"c\":{\"d\":1,\"d\":2}}],\"a\\u0062\":null,\"x\":1.5}");
    TreeCodec.Decoded decoded = TreeCodec.decode(json, 0, json.length);
    assertThat(decoded.duplicates()).containsExactly("a[0].c.d");
    assertThat(decoded.tree().at("/a/0/c/d").intValue()).isEqualTo(2);
  }

  @Test
  void bigNumbersAndTextSurvive() {
    byte[] json = utf8("{\"i\":9007199254740993,\"s\":\"ü\\n\",\"b\":true,\"l\":[],\"n\":null}");
    assertThat(TreeCodec.write(TreeCodec.read(json)))
        .isEqualTo(utf8("{\"i\":9007199254740993,\"s\":\"ü\\n\",\"b\":true,\"l\":[],\"n\":null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"P\",\"apiVersion\":\"v1\",\"spec\":{}};apiVersion,kind,spec",
        "{\"apiVersion\":\"v1\",\"kind\":\"P\",\"spec\":{},\"metadata\":{}}"
            + ";apiVersion,kind,metadata,spec",
        "{\"apiVersion\":\"v1\",\"kind\":\"P\",\"metadata\":{},\"a\":1}"
            + ";apiVersion,kind,metadata,a",
        "{\"kind\":\"P\",\"metadata\":{},\"a\":1};kind,metadata,a",
      })
  void typeAndMetadataComeFirst(String json, String order) {
    ObjectNode tree = TreeCodec.canonical(TreeCodec.read(utf8(json)));
    assertThat(String.join(",", tree.propertyNames())).isEqualTo(order);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":;unexpected end of JSON input",
        "{\"a\":x};invalid character 'x' looking for beginning of value",
        "``;unexpected end of JSON input",
        "{\"a\":1e400};json: cannot unmarshal number 1e400 into Go value of type float64",
      })
  void whatIsNotJsonIsABadRequest(String json, String message) {
    assertThatThrownBy(() -> TreeCodec.read(utf8(json)))
        .isInstanceOf(ApiException.class)
        .hasMessage("couldn't get version/kind; json parse error: " + message);
  }
}
