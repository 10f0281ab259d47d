package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Commands that make digests and codes of bytes: `md5sum`, `sha1sum`, `sha256sum`, `base64`.
final class DigestCommands {
  private DigestCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("md5sum", world -> digest(world, "MD5"));
    all.put("sha1sum", world -> digest(world, "SHA-1"));
    all.put("sha256sum", world -> digest(world, "SHA-256"));
    all.put("sha512sum", world -> digest(world, "SHA-512"));
    all.put("base64", DigestCommands::base64);
    return all;
  }

  private static int digest(World world, String algorithm)
      throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    return Inputs.each(
        world,
        arguments.operands(),
        (name, content) -> {
          world.print(hex(algorithm, content) + "  " + name);
          return 0;
        });
  }

  private static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static int base64(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("w"));
    boolean decoding = arguments.has("d") || arguments.has("D") || arguments.has("decode");
    int width = arguments.number("w", 76);
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> {
          if (decoding) {
            try {
              world.out().write(Base64.getMimeDecoder().decode(content));
              return 0;
            } catch (IllegalArgumentException e) {
              world.complain("base64: truncated input");
              return 1;
            }
          }
          String text = new String(Base64.getEncoder().encode(content), ISO_8859_1);
          for (int at = 0; at < text.length(); at += width == 0 ? text.length() : width) {
            int end = width == 0 ? text.length() : Math.min(text.length(), at + width);
            world.out().write(text.substring(at, end).getBytes(ISO_8859_1));
            if (width != 0) {
              world.out().write('\n');
            }
          }
          return 0;
        });
  }
}
