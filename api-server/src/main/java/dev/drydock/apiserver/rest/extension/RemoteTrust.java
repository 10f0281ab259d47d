package dev.drydock.apiserver.rest.extension;

import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Verification;
import dev.drydock.apiserver.tls.ClientTls;
import dev.drydock.apiserver.tls.TlsMaterial;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// How we and another server prove to each other who we are. Sessions are resumed: each bundle of
/// certificates has one context.
final class RemoteTrust {
  private final @Nullable TlsMaterial own;
  private final Map<Wanted, SSLContext> contexts = new ConcurrentHashMap<>();

  private record Wanted(String caBundle, Verification verification) {}

  /// @param own the front proxy's certificate; null: none is shown
  RemoteTrust(@Nullable TlsMaterial own) {
    this.own = own;
  }

  SSLEngine engine(Backend backend) throws IOException {
    var wanted = new Wanted(backend.caBundle(), backend.verification());
    SSLContext context = contexts.get(wanted);
    if (context == null) {
      context = context(wanted);
      contexts.put(wanted, context);
    }
    SSLEngine engine = context.createSSLEngine(backend.serverName(), backend.port());
    engine.setUseClientMode(true);
    if (backend.verification() == Verification.FULL) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  private SSLContext context(Wanted wanted) throws IOException {
    if (wanted.verification() == Verification.NONE) {
      return ClientTls.context(InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), own);
    }
    try {
      return ClientTls.context(wanted.caBundle(), own);
    } catch (IllegalArgumentException broken) {
      throw new IOException(
          "unable to load root certificates: unable to parse bytes as PEM block", broken);
    }
  }
}
