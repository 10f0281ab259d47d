package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.files.Volume.WriteMode;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpCall;
import dev.drydock.kubelet.program.tls.TlsClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands on the network: `wget`, `curl`, `nslookup`, `ping`, `nc`.
final class NetworkCommands {
  private static final Pattern URL =
      Pattern.compile("(?:(https?)://)?([^/:?]+|\\[[^]]+])(?::([0-9]{1,5}))?([/?].*)?");

  private NetworkCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("wget", NetworkCommands::wget);
    all.put("curl", NetworkCommands::curl);
    all.put("nslookup", NetworkCommands::nslookup);
    all.put("ping", NetworkCommands::ping);
    all.put("nc", new NetCat());
    return all;
  }

  private record Url(String scheme, Endpoint endpoint, String target) {
    static Optional<Url> parse(String text) {
      Matcher match = URL.matcher(text);
      if (!match.matches()) {
        return Optional.empty();
      }
      String scheme = match.group(1) == null ? "http" : match.group(1);
      int usual = scheme.equals("https") ? 443 : 80;
      int port = match.group(3) == null ? usual : Integer.parseInt(match.group(3));
      String target = match.group(4) == null ? "/" : match.group(4);
      return Optional.of(
          new Url(
              scheme,
              new Endpoint(match.group(2), port),
              target.startsWith("/") ? target : "/" + target));
    }

    String host() {
      boolean usual = endpoint.port() == (scheme.equals("https") ? 443 : 80);
      return usual ? endpoint.host() : endpoint.toString();
    }
  }

  /// Sends a request, within a time that covers all of it.
  @SuppressWarnings("try") // Closing the connection is how the timer ends the wait.
  private static HttpCall.Reply send(World world, Url url, HttpCall call, Duration limit)
      throws IOException {
    try (Connection connection = world.dial(url.endpoint(), limit)) {
      var timer = world.timers().after(limit, connection::close);
      try {
        boolean secure = url.scheme().equals("https");
        return call.send(secure ? TlsClient.secured(connection) : connection);
      } finally {
        timer.cancel();
      }
    }
  }

  private static int wget(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("O", "T", "t"));
    Optional<Url> url =
        arguments.operands().isEmpty()
            ? Optional.empty()
            : Url.parse(arguments.operands().getFirst());
    if (url.isEmpty()) {
      world.complain("wget: missing URL");
      return 1;
    }
    int seconds = arguments.number("T", arguments.number("timeout", 900));
    Url at = url.get();
    boolean quiet = arguments.has("q");
    try {
      if (!quiet) {
        List<String> addresses = world.network().resolve(at.endpoint().host());
        world.complain(
            "Connecting to "
                + at.host()
                + " ("
                + addresses.getFirst()
                + ":"
                + at.endpoint().port()
                + ")");
      }
      HttpCall call = HttpCall.get(at.target(), at.host(), "Wget");
      String post = arguments.values().getOrDefault("post-data", "");
      if (!post.isEmpty()) {
        call = new HttpCall("POST", call.target(), call.headers(), post.getBytes(UTF_8));
      }
      HttpCall.Reply reply = send(world, at, call, Duration.ofSeconds(seconds));
      if (reply.status() >= 400) {
        world.complain("wget: server returned error: " + reply.line());
        return 1;
      }
      return save(world, arguments, at, reply);
    } catch (UnknownHostException e) {
      world.complain("wget: bad address '" + at.endpoint().host() + "'");
    } catch (SocketTimeoutException e) {
      world.complain("wget: download timed out");
    } catch (ConnectException e) {
      world.complain(
          "wget: can't connect to remote host (" + at.endpoint().host() + "): " + e.getMessage());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      world.complain("wget: error getting response: " + FileErrors.text(e));
    }
    return 1;
  }

  private static int save(World world, Arguments arguments, Url url, HttpCall.Reply reply)
      throws IOException {
    String last = url.target().substring(url.target().lastIndexOf('/') + 1);
    String usual = last.isEmpty() ? "index.html" : last;
    String name = arguments.values().getOrDefault("O", usual);
    if (arguments.has("spider")) {
      return 0;
    }
    if (name.equals("-")) {
      world.out().write(reply.body());
    } else {
      world.files().write(world.path(name), reply.body(), WriteMode.REPLACE);
      if (!arguments.has("q")) {
        world.complain("'" + name + "' saved");
      }
    }
    return 0;
  }

  private static int curl(World world) throws IOException {
    Arguments arguments =
        Arguments.parse(
            world.arguments(),
            Set.of(
                "o",
                "m",
                "H",
                "X",
                "d",
                "w",
                "A",
                "max-time",
                "connect-timeout",
                "retry",
                "cacert",
                "cert",
                "key",
                "interface"));
    Optional<Url> url =
        arguments.operands().isEmpty()
            ? Optional.empty()
            : Url.parse(arguments.operands().getFirst());
    if (url.isEmpty()) {
      world.complain("curl: (2) no URL specified");
      return 2;
    }
    Url at = url.get();
    int seconds =
        arguments.number(
            "m", arguments.number("max-time", arguments.number("connect-timeout", 300)));
    HttpCall call = call(arguments, at);
    boolean silent = arguments.has("s") && !arguments.has("S");
    int code;
    String problem;
    try {
      return show(world, arguments, send(world, at, call, Duration.ofSeconds(seconds)));
    } catch (UnknownHostException e) {
      code = 6;
      problem = "Could not resolve host: " + at.endpoint().host();
    } catch (SocketTimeoutException e) {
      code = 28;
      problem = "Connection timed out after " + seconds * 1000 + " milliseconds";
    } catch (ConnectException e) {
      code = 7;
      problem =
          "Failed to connect to "
              + at.endpoint().host()
              + " port "
              + at.endpoint().port()
              + " after 0 ms: Could not connect to server";
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      code = 52;
      problem = "Empty reply from server";
    }
    if (!silent) {
      world.complain("curl: (" + code + ") " + problem);
    }
    return code;
  }

  private static HttpCall call(Arguments arguments, Url url) {
    HttpCall call = HttpCall.get(url.target(), url.host(), "curl/8.14.1");
    String header = arguments.values().getOrDefault("H", "");
    int colon = header.indexOf(':');
    if (colon > 0) {
      call = call.with(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    String data = arguments.values().getOrDefault("d", "");
    String usual = arguments.has("I") ? "HEAD" : data.isEmpty() ? "GET" : "POST";
    String method = arguments.values().getOrDefault("X", usual);
    return new HttpCall(method, call.target(), call.headers(), data.getBytes(UTF_8));
  }

  private static int show(World world, Arguments arguments, HttpCall.Reply reply)
      throws IOException {
    if (arguments.has("f") && reply.status() >= 400) {
      world.complain("curl: (22) The requested URL returned error: " + reply.status());
      return 22;
    }
    if (arguments.has("i") || arguments.has("I") || arguments.has("v")) {
      world.print(reply.line() + "\r");
      for (var header : reply.headers().entrySet()) {
        world.print(header.getKey() + ": " + header.getValue() + "\r");
      }
      world.print("\r");
    }
    String file = arguments.values().getOrDefault("o", "-");
    if (file.equals("-")) {
      world.out().write(reply.body());
    } else if (!file.equals("/dev/null")) {
      world.files().write(world.path(file), reply.body(), WriteMode.REPLACE);
    }
    String format = arguments.values().getOrDefault("w", "");
    String text =
        TextCommands.unescaped(format).replace("%{http_code}", Integer.toString(reply.status()));
    world.out().write(text.getBytes(UTF_8));
    return 0;
  }

  private static int nslookup(World world) throws IOException {
    String name = world.arguments().size() > 1 ? world.arguments().get(1) : "localhost";
    String server = "";
    try {
      for (String line : world.files().readText("/etc/resolv.conf").split("\n", -1)) {
        if (line.startsWith("nameserver ") && server.isEmpty()) {
          server = line.substring(11).strip();
        }
      }
    } catch (IOException e) {
      server = "";
    }
    world.print("Server:\t\t" + server);
    world.print("Address:\t" + server + ":53\n");
    try {
      for (String address : world.network().resolve(name)) {
        world.print("Name:\t" + name + "\nAddress: " + address);
      }
      world.print("");
      return 0;
    } catch (UnknownHostException e) {
      world.print("** server can't find " + name + ": NXDOMAIN\n");
      return 1;
    }
  }

  private static int ping(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("c", "W", "w", "i"));
    String name = arguments.operands().isEmpty() ? "" : arguments.operands().getFirst();
    String address;
    try {
      address = world.network().resolve(name).getFirst();
    } catch (UnknownHostException e) {
      world.complain("ping: bad address '" + name + "'");
      return 1;
    }
    int count = arguments.number("c", Integer.MAX_VALUE);
    world.print("PING " + name + " (" + address + "): 56 data bytes");
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        world.sleep(Duration.ofSeconds(1));
      }
      world.print("64 bytes from " + address + ": seq=" + i + " ttl=63 time=0.100 ms");
    }
    world.print("\n--- " + name + " ping statistics ---");
    world.print(count + " packets transmitted, " + count + " packets received, 0% packet loss");
    return 0;
  }
}
