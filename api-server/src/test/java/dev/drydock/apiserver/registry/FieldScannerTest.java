package dev.drydock.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.storage.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldScannerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kind":"Pod","metadata":{"name":"a","uid":"one","labels":{}}} | one
          {"spec":{"uid":"no"},"metadata":{"uid":"one"}}                 | one
          {"uid":"no","metadata":{"labels":{"uid":"no"},"uid":"one"}}    | one
          {"metadata":{"ownerReferences":[{"uid":"no"}]},"uid":"no"}     | ``
          {"metadata":{"uid":7}}                                         | ``
          {"metadata":"uid"}                                             | ``
          {}                                                             | ``
          """)
  void anObjectsUidIsThatOfItsMetadata(String json, String uid) {
    assertThat(FieldScanner.uid(Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)))).isEqualTo(uid);
  }
}
