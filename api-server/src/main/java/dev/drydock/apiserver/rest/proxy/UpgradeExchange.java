package dev.drydock.apiserver.rest.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Asks a server inside of the cluster to change protocols, and reads no more than its answer's
/// head.
public final class UpgradeExchange {
  private static final int LARGEST_HEAD = 64 * 1024;

  private UpgradeExchange() {}

  /// @param headers by name
  /// @param rest what came after the head
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Head(int code, Map<String, String> headers, byte[] rest) {}

  public static Head send(Tunnel tunnel, OutgoingRequest request) throws IOException {
    var text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    request
        .headers()
        .forEach(
            header ->
                text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    tunnel.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
    var received = new ByteArrayOutputStream();
    while (true) {
      byte[] bytes = tunnel.read();
      if (bytes == null || received.size() > LARGEST_HEAD) {
        throw new IOException("EOF");
      }
      received.writeBytes(bytes);
      String all = received.toString(ISO_8859_1);
      int end = all.indexOf("\r\n\r\n");
      if (end >= 0) {
        byte[] whole = received.toByteArray();
        return head(all.substring(0, end), Arrays.copyOfRange(whole, end + 4, whole.length));
      }
    }
  }

  private static Head head(String text, byte[] rest) throws IOException {
    String[] lines = text.split("\r\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[1].matches("[0-9]{3}")) {
      throw new IOException("malformed HTTP response \"" + lines[0] + "\"");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return new Head(Integer.parseInt(status[1]), headers, rest);
  }
}
