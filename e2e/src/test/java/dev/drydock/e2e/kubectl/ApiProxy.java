package dev.drydock.e2e.kubectl;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.e2e.cluster.TestLab;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The API as `kubectl proxy` opens it: plain HTTP, for what kubectl has no command for.
final class ApiProxy implements AutoCloseable {
  private final Process process;
  /// The proxy takes an offer of HTTP/2 for an upgrade of its own.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String root;

  private ApiProxy(Process process, String root) {
    this.process = process;
    this.root = root;
  }

  static ApiProxy of(TestLab lab) throws IOException {
    var builder = new ProcessBuilder("kubectl", "proxy", "--port=0").redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", lab.folder().resolve("kubeconfig").toString());
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = String.valueOf(out.readLine());
    return new ApiProxy(process, "http://" + line.substring(line.lastIndexOf(' ') + 1));
  }

  /// An answer, whatever its code.
  record Answer(int code, ObjectNode body) {}

  Answer ask(String method, String path, String type, JsonNode body) {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(root + path))
                  .header("Content-Type", type)
                  .method(method, HttpRequest.BodyPublishers.ofByteArray(TreeCodec.write(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), TreeCodec.read(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  Answer get(String path, String accept) {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(root + path)).header("Accept", accept).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), TreeCodec.read(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException("GET " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// The events of a watch, as they come.
  Watch watch(String path) {
    try {
      Stream<String> lines =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(root + path)).build(),
                  HttpResponse.BodyHandlers.ofLines())
              .body();
      return new Watch(lines, lines.iterator());
    } catch (IOException e) {
      throw new IllegalStateException("watch " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// An open watch.
  record Watch(Stream<String> stream, Iterator<String> lines) implements AutoCloseable {
    ObjectNode next() {
      return TreeCodec.read(lines.next().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroy();
  }
}
