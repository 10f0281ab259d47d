package dev.drydock.apiserver.access.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.rest.TestPki;
import dev.drydock.testkit.time.FakeClock;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChangingAuthoritiesTest {
  @Test
  void clientsOfAnAuthorityAreBelievedOnlyWhileItIsOne() {
    var clock = new FakeClock(Instant.now());
    var old = new TestPki();
    var next = new TestPki();
    X509Certificate jane = old.client("jane", "dev").getCertificate();
    X509Certificate joe = next.client("joe", "dev").getCertificate();
    var authorities = new AtomicReference<>(List.of(old.authority().getCertificate()));
    var certificates = new ClientCertificates(authorities::get, clock);
    assertThat(certificates.isGood(jane)).isTrue();
    assertThat(certificates.isGood(joe)).isFalse();
    authorities.set(List.of(old.authority().getCertificate(), next.authority().getCertificate()));
    assertThat(certificates.isGood(jane)).isTrue();
    assertThat(certificates.isGood(joe)).isTrue();
    authorities.set(List.of(next.authority().getCertificate()));
    assertThat(certificates.isGood(jane)).isFalse();
    assertThat(certificates.isGood(joe)).isTrue();
  }
}
