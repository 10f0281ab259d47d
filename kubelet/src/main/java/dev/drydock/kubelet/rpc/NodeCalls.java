package dev.drydock.kubelet.rpc;

import com.google.protobuf.ByteString;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.health.HealthServer.Answer;
import dev.drydock.kubelet.pods.PodAgent;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.ContainerLog;
import dev.drydock.kubelet.runtime.ContainerLog.Option;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.runtime.ContainerSpec.Console.Input;
import dev.drydock.kubelet.runtime.ExecSession;
import dev.drydock.kubelet.runtime.Session;
import dev.drydock.proto.ContainerTarget;
import dev.drydock.proto.CrashRequest;
import dev.drydock.proto.CrashResponse;
import dev.drydock.proto.LogsChunk;
import dev.drydock.proto.LogsRequest;
import dev.drydock.proto.NodeServiceGrpc;
import dev.drydock.proto.PageAnswer;
import dev.drydock.proto.PageRequest;
import dev.drydock.proto.SessionInput;
import dev.drydock.proto.SessionOutput;
import dev.drydock.proto.SessionStart;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Logs, sessions, crashes and pages, for the api-server and for people who break things.
public final class NodeCalls extends NodeServiceGrpc.NodeServiceImplBase {
  private static final int CHUNK = 32 * 1024;

  private final Function<String, Optional<PodAgent>> nodes;
  private final ContainerRuntime runtime;
  private final InstantSource clock;
  private final NodePages pages;

  /// @param nodes the pods of a node by its name; an empty name: the only node
  public NodeCalls(
      Function<String, Optional<PodAgent>> nodes,
      ContainerRuntime runtime,
      InstantSource clock,
      NodePages pages) {
    this.nodes = nodes;
    this.runtime = runtime;
    this.clock = clock;
    this.pages = pages;
  }

  @Override
  public void logs(LogsRequest request, StreamObserver<LogsChunk> observer) {
    ServerCallStreamObserver<LogsChunk> answer = (ServerCallStreamObserver<LogsChunk>) observer;
    Thread reader = Thread.currentThread();
    Semaphore room = new Semaphore(0);
    answer.setOnCancelHandler(reader::interrupt);
    answer.setOnReadyHandler(room::release);
    try (Chunks chunks = new Chunks(answer, room)) {
      PodAgent.Run run = request.getPrevious() ? PodAgent.Run.PREVIOUS : PodAgent.Run.NEWEST;
      ContainerLog log = runtime.log(find(request.getTarget(), run));
      log.read(wanted(request), chunks);
      chunks.flush();
      answer.onCompleted();
    } catch (ApiException e) {
      answer.onError(status(e).asRuntimeException());
    } catch (NoSuchElementException e) {
      answer.onError(Status.NOT_FOUND.withDescription(e.getMessage()).asRuntimeException());
    } catch (IOException | InterruptedException e) {
      Thread.interrupted();
      answer.onError(Status.CANCELLED.withDescription("the reader left").asRuntimeException());
    }
  }

  @Override
  public void crash(CrashRequest request, StreamObserver<CrashResponse> answer) {
    try {
      ContainerId id = find(request.getTarget(), PodAgent.Run.NEWEST);
      runtime.crash(id, request.getExitCode());
      answer.onNext(CrashResponse.newBuilder().setContainerId(id.toString()).build());
      answer.onCompleted();
    } catch (ApiException e) {
      answer.onError(status(e).asRuntimeException());
    } catch (NoSuchElementException e) {
      answer.onError(Status.NOT_FOUND.withDescription(e.getMessage()).asRuntimeException());
    }
  }

  @Override
  public StreamObserver<SessionInput> exec(StreamObserver<SessionOutput> answer) {
    return SessionCall.begin(answer, this::execSession);
  }

  @Override
  public StreamObserver<SessionInput> attach(StreamObserver<SessionOutput> answer) {
    return SessionCall.begin(
        answer,
        (start, outputs) -> {
          try {
            return runtime.attach(find(start.getTarget(), PodAgent.Run.NEWEST), outputs);
          } catch (ApiException none) {
            throw new NoSuchElementException(none);
          }
        });
  }

  private Session execSession(SessionStart start, Streams outputs) {
    ContainerId id;
    try {
      id = find(start.getTarget(), PodAgent.Run.NEWEST);
    } catch (ApiException none) {
      throw new NoSuchElementException(none);
    }
    if (start.getTty()) {
      return ExecSession.atTerminal(runtime, id, start.getCommandList(), outputs.out());
    }
    Input input = start.getStdin() ? Input.OPEN : Input.CLOSED;
    return ExecSession.plain(runtime, id, start.getCommandList(), input, outputs);
  }

  @Override
  public void page(PageRequest request, StreamObserver<PageAnswer> answer) {
    Answer page = pages.answer(request.getNode(), request.getMethod(), request.getPath());
    answer.onNext(
        PageAnswer.newBuilder()
            .setCode(page.code())
            .setContentType(page.contentType())
            .setBody(ByteString.copyFromUtf8(page.body()))
            .build());
    answer.onCompleted();
  }

  private ContainerId find(ContainerTarget target, PodAgent.Run run) {
    PodAgent agent =
        nodes
            .apply(target.getNode())
            .orElseThrow(
                () -> new NoSuchElementException("node " + target.getNode() + " is not here"));
    @Nullable Uid uid = target.getPodUid().isEmpty() ? null : new Uid(target.getPodUid());
    return agent.container(
        ObjectKey.of(target.getNamespace(), target.getPod()), uid, target.getContainer(), run);
  }

  private ContainerLog.Request wanted(LogsRequest request) {
    Set<Option> options = EnumSet.noneOf(Option.class);
    if (request.getFollow()) {
      options.add(Option.FOLLOW);
    }
    if (request.getTimestamps()) {
      options.add(Option.TIMESTAMPS);
    }
    return new ContainerLog.Request(
        options,
        request.hasTailLines() ? request.getTailLines() : null,
        request.hasLimitBytes() ? request.getLimitBytes() : null,
        since(request));
  }

  private @Nullable Instant since(LogsRequest request) {
    if (request.hasSinceSeconds()) {
      return clock.instant().minusSeconds(request.getSinceSeconds());
    }
    if (request.getSinceTime().isEmpty()) {
      return null;
    }
    try {
      return KubernetesTime.parse(request.getSinceTime());
    } catch (DateTimeException e) {
      throw ApiException.badRequest("invalid sinceTime: " + request.getSinceTime());
    }
  }

  private static Status status(ApiException failure) {
    Status status =
        switch (failure.status().code()) {
          case 400, 422 -> Status.INVALID_ARGUMENT;
          case 404 -> Status.NOT_FOUND;
          case 409 -> Status.ABORTED;
          default -> Status.INTERNAL;
        };
    return status.withDescription(failure.getMessage());
  }

  /// Sends what is written in chunks, as fast as the caller takes them: each line at once while
  /// nothing more waits.
  private static final class Chunks extends OutputStream {
    private final ServerCallStreamObserver<LogsChunk> answer;
    private final Semaphore room;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    Chunks(ServerCallStreamObserver<LogsChunk> answer, Semaphore room) {
      this.answer = answer;
      this.room = room;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      pending.write(bytes, from, length);
      if (pending.size() >= CHUNK || answer.isReady()) {
        flush();
      }
    }

    @Override
    public void flush() throws IOException {
      if (pending.size() == 0) {
        return;
      }
      awaitRoom();
      answer.onNext(
          LogsChunk.newBuilder().setData(ByteString.copyFrom(pending.toByteArray())).build());
      pending.reset();
    }

    private void awaitRoom() throws IOException {
      try {
        while (!answer.isReady()) {
          if (answer.isCancelled()) {
            throw new IOException("the reader left");
          }
          room.acquire();
          room.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the reader left", e);
      }
    }
  }
}
