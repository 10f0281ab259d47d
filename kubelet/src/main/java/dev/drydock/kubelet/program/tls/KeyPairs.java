package dev.drydock.kubelet.program.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// From a certificate and its key, as files have them, to what TLS needs.
public final class KeyPairs {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (RSA |)PRIVATE KEY-----([^-]*)-----END");
  private static final byte[] RSA_HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d01010105000482");
  private static final char[] NO_PASSWORD = new char[0];

  private KeyPairs() {}

  /// @param certificates PEM, the server's own first
  /// @param key PEM: PKCS#8, or PKCS#1 as Go writes RSA keys
  /// @throws IOException when they can't be read
  public static SSLContext context(String certificates, String key) throws IOException {
    try {
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", key(key), NO_PASSWORD, chain.toArray(new Certificate[0]));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new IOException("tls: " + broken.getMessage(), broken);
    }
  }

  private static PrivateKey key(String pem) throws IOException, GeneralSecurityException {
    Matcher block = KEY.matcher(pem);
    if (!block.find()) {
      throw new IOException("tls: failed to find any PEM data in key input");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    if (!block.group(1).isEmpty()) {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped(der)));
    }
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException _) {
        // The next algorithm.
      }
    }
    throw new IOException("tls: failed to parse private key");
  }

  /// PKCS#8 around PKCS#1: a sequence of version, algorithm and the key's bytes.
  private static byte[] wrapped(byte[] key) {
    byte[] head = RSA_HEAD;
    int inner = head.length + 2 + key.length;
    byte[] all = new byte[4 + inner];
    all[0] = 0x30;
    all[1] = (byte) 0x82;
    all[2] = (byte) (inner >> 8);
    all[3] = (byte) inner;
    System.arraycopy(head, 0, all, 4, head.length);
    all[4 + head.length] = (byte) (key.length >> 8);
    all[5 + head.length] = (byte) key.length;
    System.arraycopy(key, 0, all, 6 + head.length, key.length);
    return all;
  }
}
