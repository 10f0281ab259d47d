package dev.drydock.kubelet.kernel.rpc;

import dev.drydock.kubelet.kernel.Fabric;
import dev.drydock.kubelet.kernel.Splice;
import dev.drydock.kubelet.kernel.Tunnels;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.proto.TunnelFrame;
import dev.drydock.proto.TunnelOpen;
import dev.drydock.proto.TunnelServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import org.jspecify.annotations.Nullable;

/// Takes connections from other nodes to pods of this kubelet.
public final class TunnelRpc extends TunnelServiceGrpc.TunnelServiceImplBase {
  private final Fabric fabric;

  public TunnelRpc(Fabric fabric) {
    this.fabric = fabric;
  }

  @Override
  public StreamObserver<TunnelFrame> connect(StreamObserver<TunnelFrame> responses) {
    var out = (ServerCallStreamObserver<TunnelFrame>) responses;
    out.disableAutoRequest();
    var tunnel = new Incoming(out);
    out.setOnReadyHandler(tunnel::ready);
    out.setOnCancelHandler(tunnel::gone);
    out.request(1);
    return tunnel;
  }

  /// One call. Its methods come one after the other.
  private final class Incoming implements StreamObserver<TunnelFrame> {
    private final ServerCallStreamObserver<TunnelFrame> out;
    private volatile @Nullable TunnelEnd end;
    private volatile @Nullable Connection pod;

    Incoming(ServerCallStreamObserver<TunnelFrame> out) {
      this.out = out;
    }

    void ready() {
      TunnelEnd present = end;
      if (present != null) {
        present.ready();
      }
    }

    /// The caller has gone: the pod may finish reading, what it writes is lost.
    void gone() {
      TunnelEnd present = end;
      Connection connected = pod;
      if (present != null) {
        present.peerGone();
      }
      if (connected != null) {
        try {
          connected.input().close();
        } catch (IOException _) {
          // It is closed, which is what was wanted.
        }
      }
    }

    @Override
    public void onNext(TunnelFrame frame) {
      TunnelEnd present = end;
      switch (frame.getFrameCase()) {
        case OPEN -> open(frame.getOpen());
        case DATA -> {
          if (present != null) {
            present.arrived(frame.getData());
          }
        }
        case FRAME_NOT_SET ->
            out.onError(
                Status.INVALID_ARGUMENT.withDescription("empty frame").asRuntimeException());
      }
    }

    private void open(TunnelOpen open) {
      var flow =
          new Tunnels.Flow(
              Protocol.valueOf(open.getProtocol()),
              new Endpoint(open.getSource(), open.getSourcePort()),
              new Endpoint(open.getDialled(), open.getDialledPort()),
              new Endpoint(open.getDestination(), open.getDestinationPort()));
      try {
        Connection connected = fabric.accept(flow);
        var made = new TunnelEnd(flow.pod(), flow.source(), out);
        pod = connected;
        end = made;
        out.onNext(TunnelFrame.newBuilder().setOpen(TunnelOpen.getDefaultInstance()).build());
        out.request(TunnelEnd.AHEAD);
        Thread.ofVirtual().name("tunnel " + flow.pod()).start(() -> join(made, connected));
      } catch (ConnectException refused) {
        fail(Status.FAILED_PRECONDITION, refused);
      } catch (NoRouteToHostException nobody) {
        fail(Status.NOT_FOUND, nobody);
      } catch (IOException failure) {
        fail(Status.INTERNAL, failure);
      }
    }

    private void fail(Status status, IOException cause) {
      out.onError(status.withDescription(cause.getMessage()).asRuntimeException());
    }

    private static void join(TunnelEnd end, Connection pod) {
      try {
        Splice.run(end, pod);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onError(Throwable failure) {
      gone();
    }

    @Override
    public void onCompleted() {
      gone();
    }
  }
}
