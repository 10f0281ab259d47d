package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One file or directory of a tape archive: the format POSIX calls ustar, with the long names of
/// GNU tar and of pax.
///
/// @param name of a directory with a slash at its end
@SuppressWarnings("ArrayRecordComponent")
record TarEntry(String name, Kind kind, int mode, long modified, byte[] content) {
  static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int LARGEST = 64 * 1024 * 1024;

  /// What can be unpacked.
  enum Kind {
    FILE,
    DIRECTORY,
    /// A link, a device: left out.
    OTHER
  }

  /// @return null at the end of the archive
  static @Nullable TarEntry read(InputStream in) throws IOException {
    String longName = "";
    while (true) {
      byte[] head = in.readNBytes(BLOCK);
      if (head.length == 0 || isZero(head)) {
        return null;
      }
      if (head.length < BLOCK) {
        throw new EOFException("short read");
      }
      int size = (int) number(head, 124, 12);
      if (size < 0 || size > LARGEST) {
        throw new IOException("invalid tar magic");
      }
      byte[] content = in.readNBytes(size);
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      switch (head[156]) {
        case 'L' -> longName = text(content, 0, content.length);
        case 'x' -> longName = paxName(content, longName);
        case 'g', 'K' -> {}
        default -> {
          return entry(head, longName.isEmpty() ? name(head) : longName, content);
        }
      }
    }
  }

  private static TarEntry entry(byte[] head, String name, byte[] content) {
    Kind kind =
        switch (head[156]) {
          case 0, '0', '7' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
          case '5' -> Kind.DIRECTORY;
          default -> Kind.OTHER;
        };
    return new TarEntry(
        name, kind, (int) number(head, 100, 8) & 07777, number(head, 136, 12), content);
  }

  private static String name(byte[] head) {
    String prefix = text(head, 257, 5).equals("ustar") ? text(head, 345, 155) : "";
    String name = text(head, 0, NAME);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /// Records of the form `LENGTH KEY=VALUE\n`.
  private static String paxName(byte[] records, String before) {
    String found = before;
    for (String record : new String(records, UTF_8).split("\n", -1)) {
      int at = record.indexOf(" path=");
      if (at > 0) {
        found = record.substring(at + 6);
      }
    }
    return found;
  }

  void write(OutputStream out) throws IOException {
    byte[] path = name.getBytes(UTF_8);
    if (path.length > NAME) {
      byte[] terminated = java.util.Arrays.copyOf(path, path.length + 1);
      block(out, header("././@LongLink".getBytes(UTF_8), 'L', 0, 0, terminated.length), terminated);
    }
    char type = kind == Kind.DIRECTORY ? '5' : '0';
    block(out, header(path, type, mode, modified, content.length), content);
  }

  /// What stands at the end of an archive.
  static void end(OutputStream out) throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private static void block(OutputStream out, byte[] header, byte[] content) throws IOException {
    var whole = new ByteArrayOutputStream(BLOCK + content.length + BLOCK);
    whole.writeBytes(header);
    whole.writeBytes(content);
    whole.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    out.write(whole.toByteArray());
  }

  private static byte[] header(byte[] path, char type, int mode, long modified, long size) {
    byte[] head = new byte[BLOCK];
    System.arraycopy(path, 0, head, 0, Math.min(path.length, NAME));
    octal(head, 100, 8, mode);
    octal(head, 108, 8, 0);
    octal(head, 116, 8, 0);
    octal(head, 124, 12, size);
    octal(head, 136, 12, modified);
    head[156] = (byte) type;
    put(head, 257, "ustar\0" + "00root");
    put(head, 297, "root");
    put(head, 148, "        ");
    int sum = 0;
    for (byte one : head) {
      sum += one & 0xff;
    }
    put(head, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return head;
  }

  private static void octal(byte[] head, int at, int length, long value) {
    put(head, at, String.format(Locale.ROOT, "%0" + (length - 1) + "o", value));
  }

  private static void put(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }

  private static long number(byte[] head, int at, int length) {
    if ((head[at] & 0x80) != 0) {
      long value = 0;
      for (int i = at + 1; i < at + length; i++) {
        value = value << 8 | (head[i] & 0xff);
      }
      return value;
    }
    String digits = text(head, at, length).strip();
    return digits.matches("[0-7]+") ? Long.parseLong(digits, 8) : 0;
  }

  private static String text(byte[] bytes, int at, int length) {
    int end = at;
    while (end < at + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at, end - at, UTF_8);
  }

  private static boolean isZero(byte[] bytes) {
    for (byte one : bytes) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }
}
