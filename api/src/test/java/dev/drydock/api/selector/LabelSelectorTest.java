package dev.drydock.api.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LabelSelectorTest {
  private static final Map<String, String> LABELS = Map.of("app", "web", "n", "5", "tier", "");

  @ParameterizedTest(name = "{0} matches: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "app=web | true",
        "app==web | true",
        "app=db | false",
        "app!=db | true",
        "other!=x | true",
        "app | true",
        "!app | false",
        "!other | true",
        "app in (web, db) | true",
        "app notin (web,db) | false",
        "other notin (web) | true",
        "tier= | true",
        "tier in (,web) | true",
        "n>4,n<6 | true",
        "n>5 | false",
        "app>1 | false",
        "app=web,n=5,!x | true",
        "in in (in) | false",
      })
  void selects(String selector, boolean expected) {
    LabelSelector parsed = LabelSelector.parse(selector);
    assertThat(parsed.matches(LABELS)).isEqualTo(expected);
    assertThat(LabelSelector.parse(parsed.toString())).isEqualTo(parsed);
  }

  @ParameterizedTest(name = "{0} is refused")
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b,, | found ',', expected: identifier after ','",
        "=a | found '=', expected: !, identifier, or 'end of string'",
        "a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a in b | unable to parse requirement: found 'b' expected: '('",
        "a in (b | unable to parse requirement: found '', expected: ',' or ')'",
      })
  void refusesWithTheTextOfKubernetes(String selector, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(selector)).hasMessage(message);
  }

  @Test
  void refusesKeysThatCantBeLabels() {
    assertThatThrownBy(() -> LabelSelector.parse("a$=b"))
        .hasMessageStartingWith(
            "unable to parse requirement: <nil>: Invalid value: \"a$\": name part must consist of");
  }

  @Test
  void printsCanonicallySortedByKey() {
    assertThat(LabelSelector.parse("z , !b, a in (y,x)")).hasToString("a in (x,y),!b,z");
  }

  @Test
  void anAbsentSelectorOfAnObjectAcceptsNothingAndAnEmptyOneEverything() {
    assertThat(
            LabelSelector.of((io.fabric8.kubernetes.api.model.LabelSelector) null)
                .matches(Map.of()))
        .isFalse();
    assertThat(LabelSelector.of(new LabelSelectorBuilder().build()).matches(LABELS)).isTrue();
  }

  @Test
  void readsTheSameFromModelAndTree() {
    var model =
        new LabelSelectorBuilder()
            .addToMatchLabels("app", "web")
            .addNewMatchExpression()
            .withKey("n")
            .withOperator("In")
            .withValues("5", "6")
            .endMatchExpression()
            .build();
    var tree =
        JsonMapper.shared()
            .readTree(
                """
                {"matchLabels":{"app":"web"},
                 "matchExpressions":[{"key":"n","operator":"In","values":["5","6"]}]}\
                """);
    assertThat(LabelSelector.of(tree)).isEqualTo(LabelSelector.of(model));
    assertThat(LabelSelector.of(tree)).hasToString("app=web,n in (5,6)");
    assertThat(LabelSelector.of(tree).matchesTree(JsonMapper.shared().readTree("{\"n\":\"5\"}")))
        .isFalse();
  }

  @Test
  void fieldSelectorsCompareAndEscape() {
    FieldSelector selector = FieldSelector.parse("metadata.name=a\\,b,spec.nodeName!=n");
    assertThat(selector.matches(f -> f.equals("metadata.name") ? "a,b" : null)).isTrue();
    assertThat(selector.matches(f -> "n")).isFalse();
    assertThat(selector.requiredValue("metadata.name")).contains("a,b");
    assertThat(selector).hasToString("metadata.name=a\\,b,spec.nodeName!=n");
    assertThatThrownBy(() -> FieldSelector.parse("a=b,c"))
        .hasMessage("invalid selector: 'a=b,c'; can't understand 'c'");
  }
}
