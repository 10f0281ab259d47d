package dev.drydock.apiserver.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads PEM files. Failures name the file and what was expected in it.
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };
  private static final byte[] P256 = {
    0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07
  };

  private Pem() {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(String label, byte[] der) {}

  /// All certificates of the file, at least one.
  public static List<X509Certificate> certificates(Path file) {
    return certificates(String.valueOf(file), content(file));
  }

  /// All certificates of a text, at least one.
  ///
  /// @param file whose name messages say
  public static List<X509Certificate> certificates(String file, String text) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks(file, text)) {
        if (block.label().equals("CERTIFICATE")) {
          found.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + ": broken certificate: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(file + ": expected a PEM file with certificates");
    }
    return found;
  }

  /// The first private key of the file: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC).
  public static PrivateKey privateKey(Path file) {
    return privateKey(String.valueOf(file), content(file));
  }

  /// The first private key of a text.
  ///
  /// @param file whose name messages say
  public static PrivateKey privateKey(String file, String text) {
    for (Block block : blocks(file, text)) {
      byte[] pkcs8 =
          switch (block.label()) {
            case "PRIVATE KEY" -> block.der();
            case "RSA PRIVATE KEY" -> wrap(RSA, block.der());
            case "EC PRIVATE KEY" -> wrap(ecAlgorithm(block.der()), block.der());
            default -> new byte[0];
          };
      if (pkcs8.length > 0) {
        return key(file, pkcs8);
      }
    }
    throw new IllegalArgumentException(
        file + ": expected a PEM file with an unencrypted private key");
  }

  /// The public keys of the file; of a private RSA key nothing is derived.
  public static List<PublicKey> publicKeys(Path file) {
    List<PublicKey> found = new ArrayList<>();
    List<Block> blocks = blocks(String.valueOf(file), content(file));
    for (Block block : blocks) {
      if (block.label().equals("PUBLIC KEY")) {
        found.add(publicKey(String.valueOf(file), block.der()));
      }
    }
    for (Block block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        certificates(file).forEach(certificate -> found.add(certificate.getPublicKey()));
        break;
      }
    }
    return found;
  }

  private static PublicKey publicKey(String file, byte[] der) {
    GeneralSecurityException problem = null;
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
      } catch (GeneralSecurityException another) {
        problem = another;
      }
    }
    throw new IllegalArgumentException(file + ": expected a public RSA or EC key", problem);
  }

  private static PrivateKey key(String file, byte[] pkcs8) {
    GeneralSecurityException problem = null;
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException another) {
        problem = another;
      }
    }
    throw new IllegalArgumentException(
        file + ": expected a private EC, RSA or Ed25519 key", problem);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read " + file + ": " + e.getClass().getSimpleName(), e);
    }
  }

  private static List<Block> blocks(String file, String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ": broken base64 in PEM", e);
      }
    }
    return blocks;
  }

  /// PKCS#8 around the bare key: SEQUENCE { 0, algorithm, OCTET STRING key }.
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(new byte[] {0x02, 0x01, 0x00});
    content.writeBytes(algorithm);
    content.writeBytes(tagged(0x04, key));
    return tagged(0x30, content.toByteArray());
  }

  /// The curve stands in the key as parameters, tagged [0]; P-256 where it does not.
  private static byte[] ecAlgorithm(byte[] sec1) {
    byte[] curve = P256;
    int at = sec1[1] < 0 ? 2 + (sec1[1] & 0x7f) : 2;
    at += 3;
    int keyLength = sec1[at + 1];
    at += 2 + keyLength;
    if (at + 2 < sec1.length && sec1[at] == (byte) 0xa0) {
      int length = sec1[at + 1];
      curve = java.util.Arrays.copyOfRange(sec1, at + 2, at + 2 + length);
    }
    var content = new ByteArrayOutputStream();
    content.writeBytes(EC_PUBLIC_KEY);
    content.writeBytes(curve);
    return tagged(0x30, content.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
