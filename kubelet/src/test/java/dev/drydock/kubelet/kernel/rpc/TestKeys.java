package dev.drydock.kubelet.kernel.rpc;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/// A throw-away server certificate, made by the JDK's keytool.
final class TestKeys {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestKeys() {}

  static Path make(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kubelet",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("keytool failed: " + code);
    }
    return store;
  }

  static SslContextBuilder serverContext(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    return SslContextBuilder.forServer(factory);
  }
}
