package dev.drydock.apiserver.access.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys in PEM files: `PRIVATE KEY`, `RSA PRIVATE KEY`, `PUBLIC KEY`, `CERTIFICATE`.
final class PemKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /// What stands between the outer length and the key in a PKCS#8 wrapping of an RSA key.
  private static final byte[] RSA_PREFIX =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PemKeys() {}

  private record Block(String label, String base64) {
    byte[] content() {
      return Base64.getMimeDecoder().decode(base64);
    }
  }

  static PrivateKey privateKey(Path file) throws IOException {
    for (Block block : blocks(file)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return privateKey(file, block);
      }
    }
    throw new IllegalArgumentException(file + " holds no private key");
  }

  static List<PublicKey> publicKeys(Path file) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (Block block : blocks(file)) {
      switch (block.label()) {
        case "PUBLIC KEY" -> keys.add(publicKey(file, new X509EncodedKeySpec(block.content())));
        case "CERTIFICATE" -> keys.add(ofCertificate(file, block));
        case "PRIVATE KEY", "RSA PRIVATE KEY" -> keys.add(publicHalf(file, block));
        default -> {}
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no public key");
    }
    return keys;
  }

  private static List<Block> blocks(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(file));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  private static PrivateKey privateKey(Path file, Block block) {
    byte[] encoded =
        block.label().equals("RSA PRIVATE KEY") ? asPkcs8(block.content()) : block.content();
    KeySpec spec = new PKCS8EncodedKeySpec(encoded);
    try {
      try {
        return KeyFactory.getInstance("EC").generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + ": neither an RSA nor an EC private key in PKCS#8", e);
    }
  }

  private static byte[] asPkcs8(byte[] rsa) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_PREFIX);
    inner.writeBytes(tagged(4, rsa));
    return tagged(0x30, inner.toByteArray());
  }

  /// A DER element of more than 255 bytes.
  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static PublicKey publicKey(Path file, KeySpec spec) {
    try {
      try {
        return KeyFactory.getInstance("EC").generatePublic(spec);
      } catch (InvalidKeySpecException e) {
        return KeyFactory.getInstance("RSA").generatePublic(spec);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + ": neither an RSA nor an EC public key", e);
    }
  }

  private static PublicKey ofCertificate(Path file, Block block) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(block.content()))
          .getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + ": a certificate that can't be read", e);
    }
  }

  private static PublicKey publicHalf(Path file, Block block) {
    if (privateKey(file, block) instanceof RSAPrivateCrtKey rsa) {
      return publicKey(file, new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    }
    throw new IllegalArgumentException(
        file + ": give the public key file, it can't be told from an EC private key");
  }
}
