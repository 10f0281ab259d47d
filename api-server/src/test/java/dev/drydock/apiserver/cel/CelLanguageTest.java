package dev.drydock.apiserver.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CelLanguageTest {
  private static final CelEnvironment CEL = new CelEnvironment();
  private static final CelScope DYNAMIC = CEL.scope(Map.of("object", Shape.DYN));
  private static final JsonNode OBJECT =
      TreeCodec.read(
          """
          {"spec": {"replicas": 3, "ratio": 0.5, "name": "web", "none": null,
            "ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443}],
            "labels": {"app": "web", "tier": "front"}}}
          """
              .getBytes(StandardCharsets.UTF_8));
  private static final JsonNode SCHEMA =
      TreeCodec.read(
          """
          {"type": "object", "properties": {
            "replicas": {"type": "integer"}, "ratio": {"type": "number"},
            "since": {"type": "string", "format": "date-time"},
            "wait": {"type": "string", "format": "duration"},
            "dashed-name": {"type": "string"},
            "namespace": {"type": "string"},
            "port": {"x-kubernetes-int-or-string": true},
            "set": {"type": "array", "x-kubernetes-list-type": "set",
              "items": {"type": "string"}},
            "extra": {"type": "object", "additionalProperties": {"type": "string"}}}}
          """
              .getBytes(StandardCharsets.UTF_8));

  private static Object value(String expression) throws CelCompileException {
    return DYNAMIC
        .compile(expression)
        .evaluate(Map.of("object", OBJECT), new CelBudget(CelBudget.PER_OBJECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.spec.replicas + 2 == 5 && object.spec.ratio < 1",
        "has(object.spec.name) && !has(object.spec.missing) && has(object.spec.none)",
        "object.spec.none == null",
        "object.spec.ports.all(p, p.port > 0)",
        "object.spec.ports.exists(p, p.name == 'https')",
        "object.spec.ports.exists_one(p, p.port == 80)",
        "object.spec.ports.map(p, p.port) == [80, 443]",
        "object.spec.ports.filter(p, p.port > 100).map(p, p.name) == ['https']",
        "object.spec.labels.all(k, k in ['app', 'tier'])",
        "object.spec.labels.all(k, v, size(k) > 2 && v != '')",
        "[1, 2].transformList(i, v, i + v) == [1, 3]",
        "object.spec.labels.transformMap(k, v, v + '!')['app'] == 'web!'",
        "object.?spec.?missing.orValue(7) == 7",
        "object.spec.?name.hasValue() && object.spec.labels[?'app'].value() == 'web'",
        "optional.of(1).optMap(x, x + 1).value() == 2",
        "[1, 2, 3].exists(x, 1 / (x - 2) > 0)",
        "true || object.missing.field",
        "dyn(1) == 1.0 && 2 > 1.5 && dyn(1u) == 1",
        "type(1) == int && type('a') == string && type(object.spec) == map",
        "timestamp('2024-01-02T03:04:05Z').getHours() == 3",
        "timestamp('2024-01-02T00:00:00Z') + duration('36h') < timestamp('2024-01-04T00:00:00Z')",
        "duration('90m').getHours() == 1 && string(duration('90s')) == '90s'",
        "{'a': 1, 'b': 2}.size() == 2 && 'a' in {'a': 1}",
        "b'abc'.size() == 3 && string(b'abc') == 'abc'",
        "'abc'.matches('^a.c$') && int('12') == 12 && double('1.5') == 1.5",
        "object.spec.labels == {'tier': 'front', 'app': 'web'}"
      })
  void holds(String expression) throws CelCompileException {
    assertThat(value(expression)).as(expression).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          object.spec.missing == 1                  | no such key: missing
          object.spec.ports[2].name                 | index out of bounds: 2
          1 / (object.spec.replicas - 3)            | division by zero
          9223372036854775807 + object.spec.replicas | integer overflow
          object.spec.name + 1                      | no such overload
          object.spec.ports.map(p, p.missing)       | no such key: missing
          optional.none().value()                   | optional.none() dereference
          """)
  void failsWithTheMessageOfKubernetes(String expression, String message) throws Exception {
    CelProgram program = DYNAMIC.compile(expression);
    assertThatThrownBy(
            () -> program.evaluate(Map.of("object", OBJECT), new CelBudget(CelBudget.PER_OBJECT)))
        .isInstanceOf(CelEvaluationException.class)
        .hasMessage(message);
  }

  @Test
  void anExpressionThatCostsTooMuchEnds() throws Exception {
    CelProgram program =
        DYNAMIC.compile(
            "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, "
                + "[1,2,3,4,5,6,7,8,9].all(c, [1,2,3,4,5,6,7,8,9].all(d, "
                + "[1,2,3,4,5,6,7,8,9].all(e, [1,2,3,4,5,6,7,8,9].all(f, a+b+c+d+e+f > 0))))))");
    assertThatThrownBy(() -> program.evaluate(Map.of(), new CelBudget(CelBudget.PER_OBJECT)))
        .hasMessage("operation cancelled: actual cost limit exceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          self.name == 'abc'                    | 3
          self.names.all(n, n.startsWith('a'))  | 53
          self.names.map(n, size(n)).sum() > 1  | 164
          self.any.all(n, n.startsWith('a'))    | 5242878
          self.name.lowerAscii() == 'abc'       | 5
          true ? self.name == 'a' : self.names.all(n, n == 'a') | 53
          self.names.sort() == self.names       | 226
          self.names.sortBy(n, n.size()) == self.names | 379
          self.names.slice(0, 2) == self.names  | 18
          lists.range(10).size() == 10          | 23
          self.?name.optMap(n, n + 'a').hasValue() | 9223372036854775807
          string(size(self.name)) == self.name  | 8
          '%s'.format([self.name]) == self.name | 17
          """)
  void theCostIsEstimatedFromTheSizesThatTheSchemaAllows(String expression, long cost)
      throws Exception {
    JsonNode schema =
        TreeCodec.read(
            """
            {"type": "object", "properties": {
              "name": {"type": "string", "maxLength": 5},
              "names": {"type": "array", "maxItems": 10,
                "items": {"type": "string", "maxLength": 5}},
              "any": {"type": "array", "items": {"type": "string"}}}}
            """
                .getBytes(StandardCharsets.UTF_8));
    CelScope scope =
        CEL.scope(
            Map.of("self", JsonShapes.of(schema, JsonShapes.Place.FIELD, "self").orElseThrow()));
    assertThat(scope.compile(expression).largestCost()).isEqualTo(cost);
  }

  @Test
  void theBudgetOfARequestIsSharedByItsExpressions() throws Exception {
    CelProgram program = DYNAMIC.compile("object.spec.replicas > 1");
    var budget = new CelBudget(10);
    program.evaluate(Map.of("object", OBJECT), budget);
    program.evaluate(Map.of("object", OBJECT), budget);
    assertThatThrownBy(() -> program.evaluate(Map.of("object", OBJECT), budget))
        .hasMessageStartingWith("validation failed due to running out of cost budget");
  }

  @Test
  void aSchemaFindsErrorsBeforeAnythingRuns() {
    CelScope scope =
        CEL.scope(
            Map.of("self", JsonShapes.of(SCHEMA, JsonShapes.Place.FIELD, "self").orElseThrow()));
    assertThatThrownBy(() -> scope.compile("self.missing > 1"))
        .hasMessage(
            """
            ERROR: <input>:1:5: undefined field 'missing'
             | self.missing > 1
             | ....^\
            """);
    assertThatThrownBy(() -> scope.compile("self.replicas == 'a'"))
        .hasMessageContaining("found no matching overload for '_==_' applied to '(int, string)'");
    assertThatThrownBy(() -> scope.compile("self.replicas >")).hasMessageContaining("Syntax error");
    assertThatThrownBy(() -> scope.compile("[1, 'a']"))
        .hasMessageContaining("ERROR: <input>:1:5: expected type 'int' but found 'string'");
    assertThatThrownBy(() -> scope.compile("other"))
        .hasMessageContaining("undeclared reference to 'other' (in container '')");
    assertThatThrownBy(() -> scope.compile("self.replicas == 1 || 'a'"))
        .hasMessage(
            """
            ERROR: <input>:1:23: expected type 'bool' but found 'string'
             | self.replicas == 1 || 'a'
             | ......................^\
            """);
  }

  @Test
  void literalsAreCheckedWhenCompiled() {
    CelScope scope = CEL.scope(Map.of("self", Shape.STRING));
    assertThatThrownBy(
            () -> scope.compile("self.matches('[') || duration(self) < duration('1 hour')"))
        .hasMessageContaining("ERROR: <input>:1:14: invalid matches argument")
        .hasMessageContaining("ERROR: <input>:1:48: invalid duration argument");
    assertThatThrownBy(() -> scope.compile("timestamp('today') < timestamp(self)"))
        .hasMessageContaining("ERROR: <input>:1:11: invalid timestamp argument");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          '%d of %s'.format(['a', self]) | 1:20: error during formatting: decimal clause can only be used on integers, was given string
          '%s %s'.format([self])         | 1:15: index 1 out of range
          '%s'.format([self, 1])         | 1:12: too many arguments supplied to string.format (expected 1, got 2)
          '%z'.format([self])            | 1:12: could not parse formatting clause: unrecognized formatting clause "z"
          '%.f'.format([1.5])            | 1:13: could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax
          '%x'.format([[self]])          | 1:14: error during formatting: only integers, byte buffers, and strings can be formatted as hex, was given list
          """)
  void patternsOfFormatFitTheArgumentsThatAreWrittenOut(String expression, String problem) {
    CelScope scope = CEL.scope(Map.of("self", Shape.STRING));
    assertThatThrownBy(() -> scope.compile(expression))
        .hasMessageContaining("ERROR: <input>:" + problem)
        .extracting(e -> ((CelCompileException) e).stage())
        .isEqualTo(CelCompileException.Stage.COMPILATION);
  }

  @Test
  void patternsThatAreSearchedForAreMadeWithTheProgram() {
    CelScope scope = CEL.scope(Map.of("self", Shape.STRING));
    for (String expression : List.of("self.find('[a') == ''", "self.findAll('[a').size() > 0")) {
      assertThatThrownBy(() -> scope.compile(expression))
          .isInstanceOfSatisfying(
              CelCompileException.class,
              e ->
                  assertThat(e.problem())
                      .isEqualTo(
                          "program instantiation failed: error parsing regexp: missing closing ]:"
                              + " `[a`"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.ratio == 1.0 && self.replicas == 1",
        "self.since < timestamp('2030-01-01T00:00:00Z') && self.since.getFullYear() == 2024",
        "self.wait == duration('1m')",
        "self.dashed__dash__name == 'd' && self.__namespace__ == 'n'",
        "self.port == 'http' || type(self.port) == int",
        "self.set == ['b', 'a'] && (self.set + ['a', 'c']).size() == 3",
        "self.extra['k'] == 'v' && !has(self.extra.other)",
        "self.extra.k.startsWith('v')"
      })
  void aSchemaGivesTypes(String expression) throws Exception {
    CelScope scope =
        CEL.scope(
            Map.of("self", JsonShapes.of(SCHEMA, JsonShapes.Place.FIELD, "self").orElseThrow()));
    JsonNode self =
        TreeCodec.read(
            """
            {"replicas": 1, "ratio": 1, "since": "2024-05-06T07:08:09Z", "wait": "60s",
             "dashed-name": "d", "namespace": "n", "port": 8080, "set": ["a", "b"],
             "extra": {"k": "v"}}
            """
                .getBytes(StandardCharsets.UTF_8));
    CelProgram program = scope.compile(expression);
    assertThat(program.evaluate(Map.of("self", self), new CelBudget(CelBudget.PER_OBJECT)))
        .as(expression)
        .isEqualTo(true);
    assertThat(program.resultType()).isEqualTo("bool");
  }
}
