package dev.drydock.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePathTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          /api/v1/pods                                  | -    | v1 | -   | pods        | -   | -      | false
          /api/v1/namespaces                            | -    | v1 | -   | namespaces  | -   | -      | false
          /api/v1/namespaces/foo                        | -    | v1 | -   | namespaces  | foo | -      | false
          /api/v1/namespaces/foo/status                 | -    | v1 | -   | namespaces  | foo | status | false
          /api/v1/namespaces/foo/finalize               | -    | v1 | -   | namespaces  | foo | finalize | false
          /api/v1/namespaces/foo/pods                   | -    | v1 | foo | pods        | -   | -      | false
          /api/v1/namespaces/foo/pods/bar/log           | -    | v1 | foo | pods        | bar | log    | false
          /api/v1/watch/namespaces/foo/pods/bar         | -    | v1 | foo | pods        | bar | -      | true
          /apis/apps/v1/namespaces/foo/deployments/a%2Bb | apps | v1 | foo | deployments | a+b | -      | false
          /apis/apps/v1/watch/deployments               | apps | v1 | -   | deployments | -   | -      | true
          /api/v1/nodes/n1/proxy/metrics/cadvisor       | -    | v1 | -   | nodes       | n1  | proxy  | false
          """)
  void takesAPathApart(
      String path,
      String group,
      String version,
      String namespace,
      String resource,
      String name,
      String subresource,
      boolean watching) {
    ResourcePath found = ResourcePath.parse(path).orElseThrow();
    assertThat(found.group()).isEqualTo(group == null ? "" : group);
    assertThat(found.version()).isEqualTo(version);
    assertThat(found.namespace()).isEqualTo(namespace == null ? "" : namespace);
    assertThat(found.resource()).isEqualTo(resource);
    assertThat(found.name()).isEqualTo(name == null ? "" : name);
    assertThat(found.subresource()).isEqualTo(subresource == null ? "" : subresource);
    assertThat(found.extent().watching()).isEqualTo(watching);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api", "/api/", "/api/v1", "/apis/apps", "/apis/apps/v1", "/x"})
  void otherPathsAreAboutNoObjects(String path) {
    assertThat(ResourcePath.parse(path)).isEmpty();
  }

  @Test
  void theRestOfAProxyPathIsKept() {
    assertThat(ResourcePath.parse("/api/v1/nodes/n1/proxy/a/b").orElseThrow().extent().rest())
        .isEqualTo("a/b");
  }

  @Test
  void prettyJsonIsIndentedByTwoAndKeepsStrings() {
    String json = "{\"a\":[1,{\"b\":\"x:,{\\\"\"}],\"c\":{},\"d\":[]}";
    assertThat(
            new String(
                PrettyJson.indent(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": "x:,{\\""
                }
              ],
              "c": {},
              "d": []
            }\
            """);
  }
}
