package dev.drydock.apiserver.nodeproxy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.proto.TunnelFrame;
import dev.drydock.proto.TunnelOpen;
import dev.drydock.proto.TunnelServiceGrpc;
import io.grpc.Status;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import org.jspecify.annotations.Nullable;

/// Reaches pods through the kubelets, and everything else directly.
public final class KubeletTunnels implements Tunnels {
  private static final int LARGEST = 32 * 1024;

  private final KubeletFinder kubelets;
  private final NodeConnections connections;

  public KubeletTunnels(ApiService service, NodeConnections connections) {
    this.kubelets = new KubeletFinder(service);
    this.connections = connections;
  }

  @Override
  public Tunnel open(RequestContext context, Place place) throws IOException {
    return switch (place) {
      case Place.OnHost(String host, int port) -> SocketTunnel.connect(host, port);
      case Place.InPod pod -> call(connections, kubelets.find(context, pod.node()), pod);
    };
  }

  /// Asks the kubelet for a way to one of its pods.
  static Tunnel call(NodeConnections connections, InetSocketAddress kubelet, Place.InPod pod)
      throws IOException {
    var duplex = new Duplex<TunnelFrame, TunnelFrame>();
    TunnelServiceGrpc.newStub(connections.to(kubelet)).connect(duplex).onNext(open(kubelet, pod));
    try {
      return switch (duplex.next()) {
        case Duplex.Event.Message<TunnelFrame> _ -> new Call(duplex);
        case Duplex.Event.End<TunnelFrame>(Status status) -> throw failure(status, pod);
      };
    } catch (InterruptedException e) {
      duplex.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static TunnelFrame open(InetSocketAddress kubelet, Place.InPod pod) {
    return TunnelFrame.newBuilder()
        .setOpen(
            TunnelOpen.newBuilder()
                .setProtocol("TCP")
                .setSource(kubelet.getHostString())
                .setSourcePort(kubelet.getPort())
                .setDestination(pod.host())
                .setDestinationPort(pod.port())
                .setDialled(pod.host())
                .setDialledPort(pod.port()))
        .build();
  }

  private static IOException failure(Status status, Place.InPod pod) {
    String where = "dial tcp " + pod.host() + ":" + pod.port() + ": ";
    return switch (status.getCode()) {
      case FAILED_PRECONDITION -> new ConnectException(where + "connect: connection refused");
      case NOT_FOUND, UNAVAILABLE ->
          new NoRouteToHostException(where + "connect: no route to host");
      default -> new IOException(where + status);
    };
  }

  private static final class Call implements Tunnel {
    private final Duplex<TunnelFrame, TunnelFrame> duplex;
    private boolean ended;

    Call(Duplex<TunnelFrame, TunnelFrame> duplex) {
      this.duplex = duplex;
    }

    @Override
    public byte @Nullable [] read() throws IOException {
      if (ended) {
        return null;
      }
      try {
        byte[] bytes =
            switch (duplex.next()) {
              case Duplex.Event.Message<TunnelFrame>(TunnelFrame frame) ->
                  frame.getData().toByteArray();
              case Duplex.Event.End<TunnelFrame> _ -> new byte[0];
            };
        ended = bytes.length == 0;
        return ended ? null : bytes;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      for (int at = 0; at < bytes.length; at += LARGEST) {
        ByteString piece =
            UnsafeByteOperations.unsafeWrap(bytes, at, Math.min(LARGEST, bytes.length - at));
        duplex.send(TunnelFrame.newBuilder().setData(piece).build());
      }
    }

    @Override
    public void endOutput() throws IOException {
      duplex.send(TunnelFrame.newBuilder().setData(ByteString.EMPTY).build());
    }

    @Override
    public void close() {
      duplex.cancel();
    }
  }
}
