package dev.drydock.kubelet.program.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A little Redis: strings and counters in memory, over the real protocol on port 6379.
public final class Redis implements Program {
  static final int PORT = 6379;

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Map<String, String> data = new ConcurrentHashMap<>();
    world.listen(PORT, connection -> serve(connection, data));
    world.print("1:C * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
    world.print(
        "1:C * Redis version=8.2.1, bits=64, commit=00000000, modified=0, pid=1,"
            + " just started");
    world.print("1:M * Server initialized");
    world.print("1:M * Ready to accept connections tcp");
    world.awaitTermination();
    world.print("1:signal-handler Received SIGTERM scheduling shutdown...");
    world.print("1:M # Redis is now ready to exit, bye bye...");
    return 0;
  }

  private static void serve(Connection connection, Map<String, String> data) throws IOException {
    InputStream in = new BufferedInputStream(connection.input(), 512);
    for (List<String> command = read(in); command != null; command = read(in)) {
      if (!command.isEmpty()) {
        connection.output().write(answer(command, data).getBytes(UTF_8));
      }
    }
  }

  private static @Nullable List<String> read(InputStream in) throws IOException {
    String first = HttpRequest.line(in);
    if (first == null) {
      return null;
    }
    if (!first.startsWith("*")) {
      return first.isBlank() ? List.of() : List.of(first.strip().split(" +"));
    }
    List<String> parts = new ArrayList<>();
    for (int left = number(first); left > 0; left--) {
      String length = HttpRequest.line(in);
      if (length == null) {
        return null;
      }
      byte[] text = in.readNBytes(number(length));
      in.readNBytes(2);
      parts.add(new String(text, UTF_8));
    }
    return parts;
  }

  private static int number(String header) throws IOException {
    if (!header.matches("[*$][0-9]{1,6}")) {
      throw new IOException("Protocol error");
    }
    return Integer.parseInt(header.substring(1));
  }

  private static String answer(List<String> command, Map<String, String> data) {
    String key = command.size() > 1 ? command.get(1) : "";
    String value = command.size() > 2 ? command.get(2) : "";
    return switch (command.getFirst().toUpperCase(Locale.ROOT)) {
      case "PING" -> key.isEmpty() ? "+PONG\r\n" : bulk(key);
      case "ECHO" -> bulk(key);
      case "SET" -> {
        data.put(key, value);
        yield "+OK\r\n";
      }
      case "GET" -> bulk(data.get(key));
      case "DEL" -> ":" + (data.remove(key) == null ? 0 : 1) + "\r\n";
      case "EXISTS" -> ":" + (data.containsKey(key) ? 1 : 0) + "\r\n";
      case "INCR" -> increment(key, data);
      case "DBSIZE" -> ":" + data.size() + "\r\n";
      case "INFO" -> bulk("# Server\r\nredis_version:8.2.1\r\n# Replication\r\nrole:master\r\n");
      case "COMMAND", "CLIENT", "SELECT", "HELLO" -> "+OK\r\n";
      default -> "-ERR unknown command '" + command.getFirst() + "'\r\n";
    };
  }

  private static String increment(String key, Map<String, String> data) {
    try {
      return ":" + data.merge(key, "1", (old, _) -> "" + (Long.parseLong(old) + 1)) + "\r\n";
    } catch (NumberFormatException e) {
      return "-ERR value is not an integer or out of range\r\n";
    }
  }

  private static String bulk(@Nullable String text) {
    return text == null ? "$-1\r\n" : "$" + text.getBytes(UTF_8).length + "\r\n" + text + "\r\n";
  }
}
