package dev.drydock.apiserver.nodeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.nodeproxy.Destination.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyNameTest {

  @ParameterizedTest
  @CsvSource({
    "web, HTTP, web, ''",
    "web:80, HTTP, web, 80",
    "web:http, HTTP, web, http",
    "https:web:443, HTTPS, web, 443",
    "https:web:, HTTPS, web, ''",
    "http:web:80, HTTP, web, 80",
    ":web:80, HTTP, web, 80"
  })
  void aNameHasASchemeAndAPort(String text, Scheme scheme, String name, String port) {
    assertThat(ProxyName.parse(text)).contains(new ProxyName(scheme, name, port));
  }

  @Test
  void whatCannotBeReadIsNoName() {
    assertThat(ProxyName.parse("ftp:web:21")).isEmpty();
    assertThat(ProxyName.parse("a:b:c:d")).isEmpty();
    assertThat(ProxyName.parse("")).isEmpty();
  }
}
