package dev.drydock.kubelet.program.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.InMemoryNetwork;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TlsServerTest {
  /// Self-signed, as is its key in the form in which Go writes RSA keys.
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIDGzCCAgOgAwIBAgIUDtoP1MAMudj6M34FRfFsCsHh8skwDQYJKoZIhvcNAQEL
      BQAwEjEQMA4GA1UEAwwHd2ViaG9vazAgFw0yNjExMjEwMTM1NTJaGA8yMTI2MTAy
      ODAxMzU1MlowEjEQMA4GA1UEAwwHd2ViaG9vazCCASIwDQYJKoZIhvcNAQEBBQAD
      ggEPADCCAQoCggEBAM2xzyIYF/XTcemGp3FEgHhUCpoiToFQiDFsHIyrgfTw7Ecr
      MeW92caLtvh1eCFMdh9ehKGWpNnJN+uTDRkOcIdTYF2QwzItT4q81ZBA+UJcjoOV
      Olc9OcPr8/j+W7p2EbWUblCMZbqXhEYhuj1AEiOS3c9Ql55cG8LSFOc7ClGAYyDt
      QViRde+8+p5QmYvasRzcVOa+MzZHGyrRMqAjGXmhyV/ZxiYnmt8toeVq8V9PZXC2
      gKIZdFynnm/KvY0vCF9Gxs3SrZ2F6K9uqeCOXDzNqN9ZdfIRSipO6CS7KB5ZsFUo
      0Oxc/0ZRqhkVQg6+d2IykhmeNiJ2XZqbza8EHKMCAwEAAaNnMGUwHQYDVR0OBBYE
      FB9rtddD3ry9u7tp6Hetkpsm5+vQMB8GA1UdIwQYMBaAFB9rtddD3ry9u7tp6Het
      kpsm5+vQMA8GA1UdEwEB/wQFMAMBAf8wEgYDVR0RBAswCYIHd2ViaG9vazANBgkq
      hkiG9w0BAQsFAAOCAQEAefm+3UZLwzuKKfhfCsgdLgfink1hCMz6pZMZi1Zt/Hij
      fMFSo3B1bgYr6Ka5E7XdEPn+BbeEDOmXvPUTfKnVD4A7asK9/s8MfKcIw74YJsAR
      OfigHgJYs0eiYPxC1C8SMAkXkWFwUbRKn125zi/shViS9ERyHJk9mxIUrLmyphzX
      iMxJ61quLdm2BcD3jQrEk3QwyqiM5tTmu6qL/0lCZca/qvRIM3f3EaC6VIO1cpSS
      RinpUfxcpWPlGp8gmGmBCk711fWzqGlq4uv6hLIAE2G9VqRTm7h78snvwzuvEWkw
      hIDEZaUAfDRf6M2rW233Gyyfv6Sfe8PvDLupzap6IA==
      -----END CERTIFICATE-----
      """;

  private static final String KEY =
      """
      -----BEGIN RSA PRIVATE KEY-----
      MIIEpAIBAAKCAQEAzbHPIhgX9dNx6YancUSAeFQKmiJOgVCIMWwcjKuB9PDsRysx
      5b3Zxou2+HV4IUx2H16EoZak2ck365MNGQ5wh1NgXZDDMi1PirzVkED5QlyOg5U6
      Vz05w+vz+P5bunYRtZRuUIxlupeERiG6PUASI5Ldz1CXnlwbwtIU5zsKUYBjIO1B
      WJF177z6nlCZi9qxHNxU5r4zNkcbKtEyoCMZeaHJX9nGJiea3y2h5WrxX09lcLaA
      ohl0XKeeb8q9jS8IX0bGzdKtnYXor26p4I5cPM2o31l18hFKKk7oJLsoHlmwVSjQ
      7Fz/RlGqGRVCDr53YjKSGZ42InZdmpvNrwQcowIDAQABAoIBABb8KuSTw1RUSm2z
      /vtTPPU1PvILqgYdP6V2KpfgL7zKkec/VmtmaZ1xeK1kQwZFiwrk/vZ85PLz30HT
      GYBBSCXMaqpJ8OX8gN+Z9lYQ90mJGjZt8ypTIc9Y4IG5uqT9aJaH0u6WoborZZEz
      V6JcidUGe67Hl18PdTKx/bqmXaLO/bGU8gXkZRORWg3pfiU5S4eVtv2FMXkGfa77
      kU228W2l/qEOe4NqzLSszi8WI9ngXEpadq3e5FBxDkL5wxvymszdjSKWRP+Rcy4R
      w+nDxbu4ZKp5mjxBpv0AHRpNVs1xSYJCpTJkoHcaZ9k1jZgJ+HukyPqP4xM57gUp
      XCSZl8ECgYEA/zRm2I55fD7/qMasjeg9c31cVWWDd0ANij39w1VnkHzNvW8PC29d
      0Gq7h82FgObnYwoSEb1OpHHalU40HGpwJUulwTh5IwUlfoHgeZOTFFQCNodAJPB/
      3yLraQCU+0GpY/Silr/Tbi0Ag7dECaojNwv4BHLXdla5c4pcPzKZ5DMCgYEAzlXo
      ssCAOqonFrijags+4LNV0fKrWn6mlUc0I3AC2oJoFyjwsh4/0ujSe457RyCoTPlF
      bmSEE5ftxvf3OUEfFc5JKe7/7T+16ohdBEuARiH0zHSjNSmEEVSO1uQ1nF6/e6GP
      0wndzk5T3dlAHyUp201OLWFMdbfwyw260KwU9dECgYEAvg6hdS+N6+ji7yeehERr
      12GJ7RMfuCScsNJ/9QPaj/FSK3zVIHf8zuVd6cI2ZYwQ0GJEmK96LN+ZoM3P40Wl
      ZTEULXTISjtf8/n3WbN8uovh5ggNzjTJljzkQpurV/9LjmQ23bvYUtny4yUN54Cs
      nycruuxn5/qoPBLTpkEh+J8CgYEArJW9Aq7zUp55/Y5I2W04lbhLI0XIP/RJn/kj
      yjRpnp2PNTgAQ+v7VI17aO+fe7n8LA4gHhsjQkRFFbTY6+Hlf1bBabrIBIjSv655
      pxsD2yWR3eX9kXz9Q4WnyGSv1vCFV4Kmi03oYiSwD5MlCCgMn6tEpb6Jtrk5Ro5g
      YSRej9ECgYBD5WbVo3EftlC77KWfRUK3FCu7JsqDAbeSuuYsugcbrcvnlrbuK696
      FRGtAsaYyIpknZm+mb2+83m7KK4XskoexHKwiKbG6E76++fHs1xTQYyUWOLIwNML
      gWweuChPwAaBFj9vr9Ocd+mEigD7sdqrsywD8paYpoWr0ZksJL69Cg==
      -----END RSA PRIVATE KEY-----
      """;

  @Test
  void bytesOfAnyNumberPassBothWays() throws Exception {
    PodNetwork network = new InMemoryNetwork().node("10.0.0.1").host();
    network.listen(
        443,
        Protocol.TCP,
        new TlsServer(
            KeyPairs.context(CERTIFICATE, KEY),
            connection -> {
              byte[] all = connection.input().readNBytes(100_000);
              connection.output().write(all);
            }));
    var plain = network.dial(Protocol.TCP, new Endpoint("10.0.0.1", 443), Duration.ofSeconds(5));
    try (var client = TlsClient.secured(plain)) {
      byte[] text = "drydock ".repeat(12_500).getBytes(UTF_8);
      client.output().write(text);
      assertThat(client.input().readNBytes(text.length)).isEqualTo(text);
      assertThat(client.input().read()).isEqualTo(-1);
    }
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertThatThrownBy(() -> KeyPairs.context(CERTIFICATE, "nothing"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failed to find any PEM data");
  }
}
