package dev.drydock.apiserver.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.rest.FakeApiService;
import dev.drydock.apiserver.rest.TestPki;
import dev.drydock.apiserver.rpc.RpcServer;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.net.EventLoops;
import dev.drydock.proto.CreateRequest;
import dev.drydock.proto.GetRequest;
import dev.drydock.proto.ListRequest;
import dev.drydock.proto.Resource;
import dev.drydock.proto.ResourceServiceGrpc;
import dev.drydock.proto.Target;
import dev.drydock.testkit.time.FakeClock;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// A client that floods a whole server, whose work takes for ever, does not keep a controller from
/// its own.
class FloodTest {
  private static final ResourceType CONFIG_MAPS =
      new ResourceType("", "v1", "configmaps", "ConfigMap", Scope.NAMESPACED);
  private static final Target MAPS =
      Target.newBuilder()
          .setVersion("v1")
          .setResource("configmaps")
          .setNamespace("default")
          .build();

  /// More than sit and wait at a time.
  private static final int FLOOD = 500;

  private final TestPki pki = new TestPki();
  private final FakeClock clock = new FakeClock();
  private final EventLoops loops = new EventLoops(2);
  private final FlowControl control =
      new FlowControl(
          60, Duration.ofMinutes(1), new Metrics(), new FlowControl.Sources(clock, clock));
  private final CountDownLatch released = new CountDownLatch(1);
  private final RpcServer server = server();
  private final List<ManagedChannel> channels = new ArrayList<>();

  private RpcServer server() {
    var pipeline =
        new Pipeline(
            List.of(
                new IdentifyFilter(FloodTest::user),
                new FairnessFilter(control, new RequestWidth(_ -> 0)),
                new Slow(released)));
    return new RpcServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        pki.material(),
        new RpcServer.Backend(
            new FakeApiService(),
            (_, _, resource) ->
                resource.equals("configmaps") ? Optional.of(CONFIG_MAPS) : Optional.empty(),
            JsonNodeFactory.instance::objectNode,
            pipeline,
            new Ledger(100, 1 << 20)),
        new RpcServer.Means(
            loops, Executors.newVirtualThreadPerTaskExecutor(), clock, new Random(1)));
  }

  private static User user(Credentials credentials) {
    String subject =
        Objects.requireNonNull(credentials.certificate()).getSubjectX500Principal().getName();
    String name = subject.contains("CN=flood") ? "flood" : "system:kube-controller-manager";
    return User.of(name, List.of(User.AUTHENTICATED));
  }

  /// What the flooder asks for takes until it is told to end.
  private record Slow(CountDownLatch released) implements Filter {
    @Override
    public void before(Call call) {
      if (call.user().name().equals("flood")) {
        try {
          released.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private ManagedChannel channel(String name) throws SSLException {
    X509Bundle client = pki.client(name, "people");
    ManagedChannel made =
        NettyChannelBuilder.forAddress("localhost", server.port())
            .eventLoopGroup(loops.group())
            .channelType(loops.clientChannel())
            .sslContext(
                GrpcSslContexts.forClient()
                    .keyManager(client.getKeyPair().getPrivate(), client.getCertificatePath())
                    .trustManager(pki.authority().getCertificate())
                    .build())
            .build();
    channels.add(made);
    return made;
  }

  @AfterEach
  void stop() {
    released.countDown();
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
    loops.close();
  }

  private Level level() {
    return Objects.requireNonNull(control.table().levels().get("global-default"));
  }

  @Test
  void aFloodDoesNotStarveAController() throws Exception {
    server.start();
    var flooder = ResourceServiceGrpc.newFutureStub(channel("flood"));
    List<ListenableFuture<Resource>> flood = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      flood.add(flooder.get(GetRequest.newBuilder().setTarget(named("x")).build()));
    }
    while (arrived(flood) < FLOOD) {
      LockSupport.parkNanos(100_000);
    }

    var controller = ResourceServiceGrpc.newBlockingStub(channel("controller-manager"));
    for (int i = 0; i < 20; i++) {
      String name = "c" + i;
      controller.create(
          CreateRequest.newBuilder()
              .setTarget(MAPS)
              .setJson(
                  ByteString.copyFromUtf8(
                      "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
                          + name
                          + "\"}}"))
              .build());
      assertThat(controller.get(GetRequest.newBuilder().setTarget(named(name)).build()))
          .isNotNull();
    }
    assertThat(controller.list(ListRequest.newBuilder().setTarget(MAPS).build()).getItemsList())
        .hasSize(20);
    assertThat(arrived(flood)).as("the flood has not moved").isEqualTo(FLOOD);
    assertThat(released.getCount()).isEqualTo(1);

    released.countDown();
    assertThat(ends(flood))
        .as("some waited, the rest was told to come back")
        .containsOnly(Status.Code.NOT_FOUND, Status.Code.RESOURCE_EXHAUSTED);
    assertThat(level().queues().seatsInUse()).isZero();
  }

  /// How many of the flooder's requests sit, wait, or were sent away.
  private long arrived(List<ListenableFuture<Resource>> flood) {
    long refused = flood.stream().filter(ListenableFuture::isDone).count();
    return refused + level().queues().waitingRequests() + level().queues().seatsInUse();
  }

  private static List<Status.Code> ends(List<ListenableFuture<Resource>> flood)
      throws InterruptedException {
    List<Status.Code> ends = new ArrayList<>();
    for (ListenableFuture<Resource> one : flood) {
      try {
        one.get();
        ends.add(Status.Code.OK);
      } catch (ExecutionException e) {
        ends.add(Status.fromThrowable(e).getCode());
      }
    }
    return ends;
  }

  private static Target named(String name) {
    return MAPS.toBuilder().setName(name).build();
  }
}
