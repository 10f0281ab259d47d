package dev.drydock.kubelet.program.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.program.grpc.Health.Serving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The two messages of the health service, each behind the five bytes that gRPC puts before it.
final class Messages {
  static final String CHECK = "/grpc.health.v1.Health/Check";

  private static final int PREFIX = 5;
  private static final int SERVICE = (1 << 3) | 2;
  private static final int STATUS = 1 << 3;

  private Messages() {}

  static byte[] request(String service) {
    byte[] name = service.getBytes(UTF_8);
    var message = new ByteArrayOutputStream();
    if (name.length > 0) {
      message.write(SERVICE);
      varint(message, name.length);
      message.writeBytes(name);
    }
    return framed(message.toByteArray());
  }

  static String service(byte[] framed) throws IOException {
    ByteBuffer message = message(framed);
    if (!message.hasRemaining()) {
      return "";
    }
    if (message.get() != SERVICE) {
      throw new IOException("not a HealthCheckRequest");
    }
    byte[] name = new byte[Math.min(varint(message), message.remaining())];
    message.get(name);
    return new String(name, UTF_8);
  }

  static byte[] response(Serving serving) {
    return serving == Serving.UNKNOWN
        ? framed(new byte[0])
        : framed(new byte[] {STATUS, (byte) serving.number()});
  }

  static Serving serving(byte[] framed) throws IOException {
    ByteBuffer message = message(framed);
    if (!message.hasRemaining()) {
      return Serving.UNKNOWN;
    }
    if (message.get() != STATUS) {
      throw new IOException("not a HealthCheckResponse");
    }
    return Serving.of(varint(message));
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(PREFIX + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static ByteBuffer message(byte[] framed) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(framed);
    if (bytes.remaining() < PREFIX || bytes.get() != 0 || bytes.getInt() != bytes.remaining()) {
      throw new IOException("not one plain message");
    }
    return bytes;
  }

  private static void varint(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static int varint(ByteBuffer in) throws IOException {
    int number = 0;
    for (int shift = 0; shift < 28 && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("not a number");
  }
}
