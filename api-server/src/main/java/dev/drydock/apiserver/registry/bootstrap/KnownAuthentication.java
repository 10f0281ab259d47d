package dev.drydock.apiserver.registry.bootstrap;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Joins what several api-servers say of how users prove who they are: while authorities are
/// exchanged, the servers know different ones, and all of them count.
///
/// @param now certificates that have expired by then are left out
record KnownAuthentication(Instant now) {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

  Map<String, String> joined(Map<String, String> known, Map<String, String> own) {
    Map<String, String> all = new TreeMap<>(known);
    own.forEach(
        (key, value) ->
            all.merge(
                key,
                value,
                (before, mine) ->
                    key.endsWith("-ca-file") ? certificates(before, mine) : list(before, mine)));
    return all;
  }

  private String certificates(String before, String mine) {
    Set<String> all = new LinkedHashSet<>();
    for (String text : new String[] {before, mine}) {
      Matcher block = CERTIFICATE.matcher(text);
      while (block.find()) {
        if (isValid(block.group())) {
          all.add(block.group().replace("\r", ""));
        }
      }
    }
    return all.isEmpty() ? mine : String.join("\n", all) + "\n";
  }

  private boolean isValid(String pem) {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    try {
      return CertificateFactory.getInstance("X.509").generateCertificate(bytes)
              instanceof X509Certificate certificate
          && now.isBefore(certificate.getNotAfter().toInstant());
    } catch (CertificateException unreadable) {
      return false;
    }
  }

  private static String list(String before, String mine) {
    Set<String> all = new LinkedHashSet<>();
    for (String text : new String[] {before, mine}) {
      try {
        JsonNode list = TreeCodec.readValue(text.getBytes(StandardCharsets.UTF_8));
        list.forEach(element -> all.add(element.asString("")));
      } catch (ApiException unreadable) {
        return mine;
      }
    }
    ArrayNode joined = JsonNodeFactory.instance.arrayNode();
    all.forEach(joined::add);
    return joined.toString();
  }
}
