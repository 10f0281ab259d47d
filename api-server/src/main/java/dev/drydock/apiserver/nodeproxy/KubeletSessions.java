package dev.drydock.apiserver.nodeproxy;

import com.google.protobuf.ByteString;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.proto.ContainerTarget;
import dev.drydock.proto.NodeServiceGrpc;
import dev.drydock.proto.SessionEnd;
import dev.drydock.proto.SessionInput;
import dev.drydock.proto.SessionOutput;
import dev.drydock.proto.SessionStart;
import dev.drydock.proto.WindowSize;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import tools.jackson.databind.JsonNode;

/// Opens sessions at the kubelet of the pod's node.
public final class KubeletSessions implements PodSessions {
  private final ApiService service;
  private final KubeletFinder kubelets;
  private final NodeConnections connections;

  public KubeletSessions(ApiService service, NodeConnections connections) {
    this.service = service;
    this.kubelets = new KubeletFinder(service);
    this.connections = connections;
  }

  @Override
  public Ready prepare(RequestContext context, Target pod, Wish wish) {
    Target target = new Target(pod.type(), pod.namespace(), pod.name(), "");
    JsonNode object = service.get(context, target, ReadOptions.NONE).tree();
    String container = PodContainers.choose(object, wish.container());
    String node = object.path("spec").path("nodeName").asString("");
    if (node.isEmpty()) {
      throw ApiException.badRequest("pod " + pod.name() + " does not have a host assigned");
    }
    InetSocketAddress kubelet = kubelets.find(context, node);
    SessionInput start = start(object, node, container, wish);
    return () -> open(kubelet, start, wish.kind());
  }

  private PodSession open(InetSocketAddress kubelet, SessionInput start, Kind kind) {
    var duplex = new Duplex<SessionInput, SessionOutput>();
    var stub = NodeServiceGrpc.newStub(connections.to(kubelet));
    var session = new Call(duplex, kubelet, kind);
    switch (kind) {
      case EXEC -> stub.exec(duplex).onNext(start);
      case ATTACH -> stub.attach(duplex).onNext(start);
    }
    return session;
  }

  private static SessionInput start(JsonNode pod, String node, String container, Wish wish) {
    JsonNode metadata = pod.path("metadata");
    return SessionInput.newBuilder()
        .setStart(
            SessionStart.newBuilder()
                .setTarget(
                    ContainerTarget.newBuilder()
                        .setNode(node)
                        .setNamespace(metadata.path("namespace").asString(""))
                        .setPod(metadata.path("name").asString(""))
                        .setPodUid(metadata.path("uid").asString(""))
                        .setContainer(container))
                .addAllCommand(wish.command())
                .setStdin(wish.has(Stream.STDIN))
                .setStdout(wish.has(Stream.STDOUT))
                .setStderr(wish.has(Stream.STDERR) && !wish.has(Stream.TTY))
                .setTty(wish.has(Stream.TTY)))
        .build();
  }

  private record Call(
      Duplex<SessionInput, SessionOutput> duplex, InetSocketAddress kubelet, Kind kind)
      implements PodSession {

    @Override
    public void type(byte[] bytes) throws IOException {
      if (bytes.length > 0) {
        duplex.send(SessionInput.newBuilder().setStdin(ByteString.copyFrom(bytes)).build());
      }
    }

    @Override
    public void endInput() throws IOException {
      duplex.send(SessionInput.newBuilder().setStdin(ByteString.EMPTY).build());
    }

    @Override
    public void resize(int columns, int rows) throws IOException {
      duplex.send(
          SessionInput.newBuilder()
              .setResize(WindowSize.newBuilder().setWidth(columns).setHeight(rows))
              .build());
    }

    @Override
    public Event next() throws InterruptedException {
      return switch (duplex.next()) {
        case Duplex.Event.End<SessionOutput>(Status status) -> new Event.Failed(text(status));
        case Duplex.Event.Message<SessionOutput>(SessionOutput output) ->
            switch (output.getFrameCase()) {
              case STDOUT -> new Event.Printed(Voice.OUT, output.getStdout().toByteArray());
              case STDERR -> new Event.Printed(Voice.ERR, output.getStderr().toByteArray());
              case END -> end(output.getEnd());
              case FRAME_NOT_SET -> new Event.Failed("the kubelet sent an empty frame");
            };
      };
    }

    /// Who attached is not told how the container ended: its status says it.
    private Event end(SessionEnd end) {
      return end.getFailure().isEmpty()
          ? new Event.Exited(kind == Kind.EXEC ? end.getExitCode() : 0)
          : new Event.Failed(
              "Internal error occurred: error executing command in container: " + end.getFailure());
    }

    private String text(Status status) {
      String said = status.getDescription() == null ? "" : status.getDescription();
      return switch (status.getCode()) {
        case NOT_FOUND -> "unable to upgrade connection: " + said;
        case UNAVAILABLE, DEADLINE_EXCEEDED ->
            "error dialing backend: dial tcp "
                + KubeletFinder.text(kubelet)
                + ": connect: connection refused";
        default -> "unable to upgrade connection: " + (said.isEmpty() ? status.getCode() : said);
      };
    }

    @Override
    public void close() {
      duplex.cancel();
    }
  }
}
