package dev.drydock.apiserver;

import dev.drydock.api.pki.PemBlock;
import dev.drydock.apiserver.access.identity.FrontProxy;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// How users prove who they are, as extension api-servers are told.
final class AuthenticationData {
  private AuthenticationData() {}

  static Map<String, String> of(
      ApiServerSettings.Identity identity, ClientAuthorities authorities) {
    Map<String, String> data = new TreeMap<>();
    data.put("client-ca-file", pem(authorities.clients()));
    ApiServerSettings.Proxies proxies = identity.proxy();
    if (proxies != null) {
      FrontProxy.Settings proxy = proxies.settings();
      data.put("requestheader-client-ca-file", pem(authorities.proxies()));
      data.put("requestheader-allowed-names", list(proxy.allowedNames()));
      data.put("requestheader-username-headers", list(proxy.userHeaders()));
      data.put("requestheader-uid-headers", list(proxy.uidHeaders()));
      data.put("requestheader-group-headers", list(proxy.groupHeaders()));
      data.put("requestheader-extra-headers-prefix", list(proxy.extraPrefixes()));
    }
    return data;
  }

  private static String pem(List<X509Certificate> certificates) {
    var text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(new PemBlock("CERTIFICATE", certificate.getEncoded()).text());
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a certificate that was read can't be written", e);
      }
    }
    return text.toString();
  }

  private static String list(List<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(list::add);
    return list.toString();
  }
}
