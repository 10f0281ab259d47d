package dev.drydock.kubelet.kernel.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.client.net.EventLoops;
import dev.drydock.kubelet.kernel.Fabric;
import dev.drydock.kubelet.kernel.NodeKernel;
import dev.drydock.kubelet.kernel.Tunnels;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.testkit.time.FakeClock;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two kubelets of one cluster, joined by real gRPC with TLS.
class TunnelTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Endpoint POD = new Endpoint("10.244.2.2", 80);

  @TempDir Path folder;

  private final FakeClock clock = new FakeClock();
  private final EventLoops loops = new EventLoops(1);
  private Server server;
  private TunnelClient client;
  private NodeKernel near;
  private NodeKernel far;
  private PodNetwork there;
  private PodNetwork here;

  @BeforeEach
  void start() throws Exception {
    Path keys = TestKeys.make(folder);
    Fabric farFabric = new Fabric(_ -> Optional.empty(), noTunnels());
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(GrpcSslContexts.configure(TestKeys.serverContext(keys)).build())
            .channelType(loops.serverChannel())
            .bossEventLoopGroup(loops.group())
            .workerEventLoopGroup(loops.group())
            .directExecutor()
            .addService(new TunnelRpc(farFabric))
            .build()
            .start();
    client =
        new TunnelClient(
            GrpcSslContexts.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build(),
            loops);
    var kubelet = new Endpoint("127.0.0.1", server.getPort());
    Fabric nearFabric =
        new Fabric(
            address -> address.startsWith("10.244.2.") ? Optional.of(kubelet) : Optional.empty(),
            client);
    near = kernel("node-1", "127.0.7.1", nearFabric);
    far = kernel("node-2", "127.0.7.2", farFabric);
    here = near.attach(sandbox("here", "10.244.1.2"));
    there = far.attach(sandbox("there", POD.host()));
  }

  private static Tunnels noTunnels() {
    return (_, _, _) -> {
      throw new NoRouteToHostException("No route to host");
    };
  }

  private NodeKernel kernel(String node, String address, Fabric fabric) {
    return new NodeKernel(
        NodeKernel.Settings.of(node, address),
        fabric,
        new NodeKernel.Environment(clock, clock, new Random(1), _ -> List.of()));
  }

  private static PodSandbox sandbox(String name, String address) {
    return new PodSandbox(
        new Uid(name),
        ObjectKey.of("default", name),
        PodSandbox.Mode.POD,
        address,
        new PodSandbox.Resolver(List.of(), List.of(), List.of()),
        List.of());
  }

  @AfterEach
  void stop() {
    near.close();
    far.close();
    client.close();
    server.shutdownNow();
    loops.close();
  }

  @Test
  void bytesGoThereAndBackWhateverTheirNumber() throws IOException {
    byte[] many = new byte[3_000_000];
    new Random(1).nextBytes(many);
    there.listen(
        80,
        Protocol.TCP,
        connection -> {
          assertThat(connection.remote().host()).isEqualTo("10.244.1.2");
          connection.output().write(connection.input().readAllBytes());
        });
    try (Connection connection = here.dial(Protocol.TCP, POD, TIMEOUT)) {
      assertThat(connection.remote()).isEqualTo(POD);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      connection.output().write(many);
                      connection.output().close();
                    } catch (IOException failure) {
                      throw new UncheckedIOException(failure);
                    }
                  });
      assertThat(Arrays.equals(connection.input().readAllBytes(), many)).isTrue();
      assertThat(writer).isNotNull();
    }
  }

  @Test
  void aRefusalComesBackAsOne() {
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> here.dial(Protocol.TCP, POD, TIMEOUT))
        .withMessage("Connection refused");
    assertThatExceptionOfType(NoRouteToHostException.class)
        .isThrownBy(() -> here.dial(Protocol.TCP, new Endpoint("10.244.2.9", 80), TIMEOUT));
  }

  @Test
  void aDeadKubeletIsNoRoute() throws InterruptedException {
    server.shutdownNow().awaitTermination();
    assertThatExceptionOfType(NoRouteToHostException.class)
        .isThrownBy(() -> here.dial(Protocol.TCP, POD, TIMEOUT));
  }

  @Test
  void theEndOfAPodEndsItsTunnels() throws IOException {
    there.listen(80, Protocol.TCP, connection -> connection.input().readAllBytes());
    try (Connection connection = here.dial(Protocol.TCP, POD, TIMEOUT)) {
      far.detach(new Uid("there"));
      assertThat(connection.input().read()).isEqualTo(-1);
    }
  }

  @Test
  void aClientThatLeavesIsSeenByThePod() throws Exception {
    var left = new CountDownLatch(1);
    there.listen(
        80,
        Protocol.TCP,
        connection -> {
          connection.input().readAllBytes();
          left.countDown();
        });
    here.dial(Protocol.TCP, POD, TIMEOUT).close();
    left.await();
  }
}
