package dev.drydock.apiserver.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.cel.value.Permission;
import dev.drydock.apiserver.cel.value.Permission.Decision;
import dev.drydock.apiserver.cel.value.Shape;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelLibraryTest {
  private static final CelScope SCOPE =
      new CelEnvironment()
          .scope(
              Map.of(
                  "authorizer",
                  Shape.library(Permission.AUTHORIZER),
                  "authorizer.requestResource",
                  Shape.library(Permission.RESOURCE_CHECK)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        // strings
        "'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c']",
        "['a', 'b'].join('-') == 'a-b' && ['a', 'b'].join() == 'ab'",
        "'aXbX'.replace('X', 'y') == 'ayby' && 'aXbX'.replace('X', 'y', 1) == 'aybX'",
        "'TacoCat'.lowerAscii() == 'tacocat' && 'TacoCæt'.upperAscii() == 'TACOCæT'",
        "'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco'",
        "'  a '.trim() == 'a' && 'tacocat'.charAt(3) == 'o' && 'hello'.indexOf('l', 3) == 3",
        "'hello'.lastIndexOf('l') == 3 && 'hello'.indexOf('z') == -1",
        "'%s has %d and %.2f of %s'.format(['a', 2, 1.5, [1, 'x']]) == 'a has 2 and 1.50 of [1,"
            + " x]'",
        "['a', 'b'].reverse() == ['b', 'a'] && strings.quote('a\\n') == '\"a\\\\n\"'",
        // regular expressions
        "'abc 123 def 456'.find('[0-9]+') == '123'",
        "'1 2 3'.findAll('[0-9]') == ['1', '2', '3'] && '1 2 3'.findAll('[0-9]', 2).size() == 2",
        // lists
        "[1, 2, 3].isSorted() && !['b', 'a'].isSorted() && [1, 2, 3].sum() == 6",
        "[1, 3, 2].max() == 3 && ['b', 'a'].min() == 'a' && [1.5, 2.5].sum() == 4.0",
        "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && [1].indexOf(5) == -1",
        "[3, 1, 2].sort() == [1, 2, 3] && [1, 2, 1].distinct() == [1, 2]",
        "[[1], [2, 3]].flatten() == [1, 2, 3] && [1, 2, 3].slice(1, 2) == [2]",
        "lists.range(3) == [0, 1, 2] && [1, 2].reverse() == [2, 1]",
        "['ccc', 'a', 'bb'].sortBy(s, s.size()) == ['a', 'bb', 'ccc']",
        "[1, 3, 2].sortBy(n, -n) == [3, 2, 1] && [].sortBy(n, n) == []",
        // sets
        "sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1]) && "
            + "sets.intersects([1], [1, 3])",
        // URLs
        "url('https://example.com:80/a%20b?k=a&k=b').getHost() == 'example.com:80'",
        "url('https://example.com:80/a%20b?k=a&k=b').getEscapedPath() == '/a%20b'",
        "url('https://example.com:80/?k=a&k=b').getQuery()['k'] == ['a', 'b']",
        "url('https://[::1]:80/').getHostname() == '::1' && url('https://a/').getPort() == ''",
        "isURL('https://example.com/') && isURL('/p') && !isURL('not a url') && !isURL('a')",
        // quantities
        "quantity('1Gi').isGreaterThan(quantity('1G')) && isQuantity('200m') && !isQuantity('2x')",
        "quantity('50k').add(20) == quantity('50020') && quantity('1').sub(quantity('500m')) == "
            + "quantity('500m')",
        "quantity('50000000G').isInteger() && quantity('5k').asInteger() == 5000",
        "quantity('1500m').asApproximateFloat() == 1.5 && quantity('-1').sign() == -1",
        "quantity('200M').compareTo(quantity('0.2G')) == 0",
        // addresses
        "ip('127.0.0.1').isLoopback() && ip('::1').family() == 6 && !isIP('127.0.0.256')",
        "string(ip('2001:db8:0:0:0:0:0:1')) == '2001:db8::1' && ip.isCanonical('2001:db8::1')",
        "ip('10.0.0.1').isGlobalUnicast() && ip('fe80::1').isLinkLocalUnicast()",
        "cidr('192.168.0.0/24').containsIP('192.168.0.1') && "
            + "!cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))",
        "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.0.0.5/8').masked() == "
            + "cidr('10.0.0.0/8')",
        "cidr('::1/128').prefixLength() == 128 && cidr('10.0.0.1/8').ip() == ip('10.0.0.1')",
        "isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33')",
        // formats
        "!format.dns1123Label().validate('web-1').hasValue()",
        "format.dns1123Label().validate('Web').hasValue()",
        "format.named('labelValue').value().validate('a b').hasValue()",
        "!format.named('none').hasValue() && !format.uuid().validate("
            + "'123e4567-e89b-12d3-a456-426614174000').hasValue()",
        // versions
        "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-a').isLessThan("
            + "semver('1.0.0'))",
        "isSemver('1.2.3') && !isSemver('v1.0') && isSemver('v1.0', true)",
        "semver('v01.2', true).major() == 1 && semver('1.2.3').patch() == 3",
        // authorizer
        "authorizer.group('apps').resource('deployments').namespace('a').check('create').allowed()",
        "!authorizer.path('/healthz').check('get').allowed()",
        "authorizer.serviceAccount('a', 'b').group('').resource('pods').check('get').reason() == "
            + "'b'",
        "authorizer.requestResource.check('create').allowed()",
        "jsonpatch.escapeKey('a/b~c') == 'a~1b~0c'"
      })
  void holds(String expression) throws CelCompileException {
    Permission permission =
        Permission.start(
            attributes ->
                new Decision(
                    "deployments".equals(attributes.get("resource")),
                    attributes.getOrDefault("serviceAccount", "/").split("/", -1)[1],
                    ""));
    Object value =
        SCOPE
            .compile(expression)
            .evaluate(
                Map.of(
                    "authorizer",
                    permission,
                    "authorizer.requestResource",
                    permission.group("apps").resource("deployments")),
                new CelBudget(CelBudget.PER_OBJECT));
    assertThat(value).as(expression).isEqualTo(true);
  }
}
