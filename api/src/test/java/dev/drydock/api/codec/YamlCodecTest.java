package dev.drydock.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class YamlCodecTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a: yes;{\"a\":true}",
        "a: \"yes\";{\"a\":\"yes\"}",
        "a: 0644;{\"a\":420}",
        "a: 0x1F;{\"a\":31}",
        "a: 1_000;{\"a\":1000}",
        "a: 1.5;{\"a\":1.5}",
        "a: 1.2.3;{\"a\":\"1.2.3\"}",
        "a: 2026-01-02;{\"a\":\"2026-01-02\"}",
        "a: 100m;{\"a\":\"100m\"}",
        "a: ~;{\"a\":null}",
        "a:;{\"a\":null}",
        "1: x;{\"1\":\"x\"}",
        "{a: [1, b], c: {}};{\"a\":[1,\"b\"],\"c\":{}}",
        "a: -;{\"a\":\"-\"}",
      })
  void plainScalarsAreThoseOfYaml11(String yaml, String json) {
    if (yaml.equals("a: -")) {
      assertThatThrownBy(() -> YamlCodec.decode(yaml)).isInstanceOf(ApiException.class);
    } else {
      assertThat(YamlCodec.decode(yaml).tree()).hasToString(json);
    }
  }

  @Test
  void streamsAnchorsAndMergeKeysWork() {
    var documents =
        YamlCodec.readAll(
            """
            ---
            base: &b {x: 1, z: 2}
            more:
              <<: *b
              z: 3
            ---
            # nothing
            ---
            - a
            """);
    assertThat(documents).hasSize(2);
    assertThat(documents.getFirst().at("/more")).hasToString("{\"z\":3,\"x\":1}");
  }

  @Test
  void theFirstDocumentMayBeAnything() {
    assertThat(YamlCodec.decodeValue("- 1\n- a").value()).hasToString("[1,\"a\"]");
    assertThat(YamlCodec.decodeValue("# nothing").value().isNull()).isTrue();
    assertThat(YamlCodec.decodeValue("a: 1\na: 2").duplicates()).hasSize(1);
  }

  @Test
  void aKeyThatComesTwiceIsNamedByItsLine() {
    TreeCodec.Decoded decoded = YamlCodec.decode("a: 1\nb: 2\na: 3\n");
    assertThat(decoded.duplicates()).containsExactly("line 3: key \"a\" already set in map");
    assertThat(decoded.tree().get("a").intValue()).isEqualTo(3);
  }

  @Test
  void whatIsWrittenIsReadTheSame() {
    JsonNode tree =
        TreeCodec.readValue(
            ("{'a':{'b':[{'c':1,'d':[]},[1,[2]],'x: y','true','1','','a\\nb\\n','\\u0001']},"
                    + "'e f':{},'g':null,'-':'- x','h':'it\\u0027s','i':'#','j':'a\\n\\n'}")
                .replace('\'', '"')
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(YamlCodec.decode(YamlCodec.write(tree)).tree()).isEqualTo(tree);
  }

  @Test
  void textThatIsNotYamlIsABadRequest() {
    assertThatThrownBy(() -> YamlCodec.decode("a: [1\nb: 2"))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("error converting YAML to JSON: yaml: line 2: ");
  }

  @Test
  void littleTextDoesNotBecomeMuch() {
    var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    assertThatThrownBy(() -> YamlCodec.decode(yaml.toString()))
        .hasMessageEndingWith("yaml: document contains excessive aliasing");
    assertThatThrownBy(() -> YamlCodec.decode("a: &a\n  b: [*a]\n"))
        .hasMessageEndingWith("yaml: anchor 'a' value contains itself");
    assertThat(YamlCodec.decode("a: &a [1]\nb: [*a, *a]").tree().get("b")).hasToString("[[1],[1]]");
  }

  @Test
  void jsonHasNoInfinity() {
    assertThatThrownBy(() -> YamlCodec.decode("a: -1e999"))
        .hasMessage("error converting YAML to JSON: json: unsupported value: -Inf");
  }
}
