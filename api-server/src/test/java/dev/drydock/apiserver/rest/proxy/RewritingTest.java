package dev.drydock.apiserver.rest.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritingTest {
  private final Rewriting rewriting =
      new Rewriting("/api/v1/pods/web/proxy", "10.244.0.2:80", "localhost:6443");

  @ParameterizedTest
  @CsvSource({
    "/login, /api/v1/pods/web/proxy/login",
    "/a/?x=1#y, /api/v1/pods/web/proxy/a/?x=1#y",
    "http://10.244.0.2:80/a, /api/v1/pods/web/proxy/a",
    "https://localhost:6443/a, /api/v1/pods/web/proxy/a",
    "http://elsewhere.example/a, http://elsewhere.example/a",
    "next, next",
    "/api/v1/pods/web/proxy/done, /api/v1/pods/web/proxy/done",
    "mailto:me@example.org, mailto:me@example.org"
  })
  void anAddressOfTheServerLeadsThroughTheProxy(String before, String after) {
    assertThat(rewriting.url(before)).isEqualTo(after);
  }

  @Test
  void tagsOfAPageAreRewrittenAndItsTextIsNot() {
    assertThat(
            rewriting.page(
                "<a class=x href=\"/in\">/in href=\"/in\"</a><img src='/i.png'><a href=\"b\">"))
        .isEqualTo(
            "<a class=x href=\"/api/v1/pods/web/proxy/in\">/in href=\"/in\"</a>"
                + "<img src='/api/v1/pods/web/proxy/i.png'><a href=\"b\">");
  }
}
