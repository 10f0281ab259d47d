package dev.drydock.apiserver.registry.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleRulesTest {
  private static final ScaleRules RULES =
      ScaleRules.of(
          YamlCodec.decode(
                  "{specReplicasPath: .spec.size, statusReplicasPath: .status.deep.count,"
                      + " labelSelectorPath: .status.selector}")
              .tree());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "{spec: {size: 3}, status: {selector: a=b}} | -",
        "{} | -",
        "{spec: {}, status: {deep: {}}} | -",
        "{spec: {size: -1}} | .spec.size: Invalid value: -1: should be a non-negative integer",
        "{spec: {size: 2147483648}} | .spec.size: Invalid value: 2147483648: should be less than or"
            + " equal to 2147483647",
        "{spec: {size: many}} | .spec.size: Invalid value: 0: .spec.size accessor error: many is of"
            + " the type string, expected int64",
        "{spec: {size: 1.5}} | .spec.size: Invalid value: 0: .spec.size accessor error: 1.5 is of"
            + " the type float64, expected int64",
        "{spec: x} | .spec.size: Invalid value: 0: .spec.size accessor error: x is of the type"
            + " string, expected map[string]interface{}",
        "{status: {deep: true}} | .status.deep.count: Invalid value: 0: .status.deep.count accessor"
            + " error: true is of the type bool, expected map[string]interface{}",
        "{status: {selector: 5}} | .status.selector: Invalid value: \"\": .status.selector accessor"
            + " error: 5 is of the type int64, expected string",
      })
  void whatAScaleShowsIsOfItsType(String object, String problem) {
    assertThat(RULES.check(YamlCodec.decode(object).tree()))
        .map(Object::toString)
        .isEqualTo(problem == null ? List.of() : List.of(problem));
  }
}
