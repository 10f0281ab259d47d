package dev.drydock.apiserver.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.LedgerFilter;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.rest.FakeApiService;
import dev.drydock.apiserver.rest.TestPki;
import dev.drydock.client.net.EventLoops;
import dev.drydock.proto.CreateRequest;
import dev.drydock.proto.FollowRequest;
import dev.drydock.proto.GetRequest;
import dev.drydock.proto.LedgerEntries;
import dev.drydock.proto.LedgerEntry;
import dev.drydock.proto.LedgerServiceGrpc;
import dev.drydock.proto.ListRequest;
import dev.drydock.proto.ReportRequest;
import dev.drydock.proto.Resource;
import dev.drydock.proto.ResourceServiceGrpc;
import dev.drydock.proto.Target;
import dev.drydock.proto.WatchEvent;
import dev.drydock.proto.WatchRequest;
import dev.drydock.proto.WatchResponse;
import dev.drydock.testkit.time.FakeClock;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.JsonNodeFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RpcServerTest {
  private static final ResourceType CONFIG_MAPS =
      new ResourceType("", "v1", "configmaps", "ConfigMap", Scope.NAMESPACED);
  private static final Target DEFAULT =
      Target.newBuilder()
          .setVersion("v1")
          .setResource("configmaps")
          .setNamespace("default")
          .build();

  private final TestPki pki = new TestPki();
  private final Ledger ledger = new Ledger(100, 1 << 20);
  private final EventLoops loops = new EventLoops(2);
  private final RpcServer server = server();
  private ManagedChannel channel = channel();

  private RpcServer server() {
    var clock = new FakeClock();
    var pipeline =
        new Pipeline(
            List.of(
                new LedgerFilter(ledger, clock),
                new IdentifyFilter(
                    credentials -> {
                      assertThat(credentials.certificate()).isNotNull();
                      return User.of("system:kube-scheduler", List.of());
                    })));
    return new RpcServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        pki.material(),
        new RpcServer.Backend(
            new FakeApiService(),
            (_, _, resource) ->
                resource.equals("configmaps") ? Optional.of(CONFIG_MAPS) : Optional.empty(),
            JsonNodeFactory.instance::objectNode,
            pipeline,
            ledger),
        new RpcServer.Means(
            loops, Executors.newVirtualThreadPerTaskExecutor(), clock, new Random(1)));
  }

  private ManagedChannel channel() {
    server.start();
    X509Bundle client = pki.client("system:kube-scheduler", "people");
    try {
      return NettyChannelBuilder.forAddress("localhost", server.port())
          .eventLoopGroup(loops.group())
          .channelType(loops.clientChannel())
          .userAgent("kube-scheduler")
          .sslContext(
              GrpcSslContexts.forClient()
                  .keyManager(client.getKeyPair().getPrivate(), client.getCertificatePath())
                  .trustManager(pki.authority().getCertificate())
                  .build())
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  void start() {
    assertThat(server.port()).isPositive();
  }

  @AfterAll
  void stop() {
    channel.shutdownNow();
    server.close();
    loops.close();
  }

  private ResourceServiceGrpc.ResourceServiceBlockingStub api() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("drydock-cause", Metadata.ASCII_STRING_MARSHALLER), "7,8");
    return ResourceServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private Resource create(String name) {
    String json =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"a":"b"}}\
        """
            .formatted(name);
    return api()
        .create(
            CreateRequest.newBuilder()
                .setTarget(DEFAULT)
                .setJson(ByteString.copyFromUtf8(json))
                .build());
  }

  @Test
  void anObjectIsCreatedReadAndListed() {
    Resource created = create("one");
    assertThat(created.getRevision()).isPositive();
    Resource read =
        api().get(GetRequest.newBuilder().setTarget(DEFAULT.toBuilder().setName("one")).build());
    assertThat(read).isEqualTo(created);
    Resource listed =
        api()
            .list(ListRequest.newBuilder().setTarget(DEFAULT).setMetadataOnly(true).build())
            .getItemsList()
            .stream()
            .filter(item -> item.getName().equals("one"))
            .findFirst()
            .orElseThrow();
    assertThat(TreeCodec.read(listed.getJson().toByteArray()).propertyNames())
        .containsExactly("apiVersion", "kind", "metadata");
  }

  @Test
  void aFailureCarriesItsStatusInATrailer() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                api()
                    .get(
                        GetRequest.newBuilder()
                            .setTarget(DEFAULT.toBuilder().setName("none"))
                            .build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    byte[] status =
        Objects.requireNonNull(failure.getTrailers())
            .get(Metadata.Key.of("drydock-status-bin", Metadata.BINARY_BYTE_MARSHALLER));
    assertThat(TreeCodec.read(Objects.requireNonNull(status)).path("message").asString())
        .isEqualTo("configmaps \"none\" not found");
  }

  @Test
  void aWatchDeliversEventsAndEndsWithAnErrorWhereItMust() {
    Iterator<WatchResponse> watch =
        api().watch(WatchRequest.newBuilder().setTarget(DEFAULT).build());
    while (server.watchCount() == 0) {
      Thread.onSpinWait();
    }
    create("watched");
    WatchEvent event = watch.next().getEvents(0);
    assertThat(event.getType()).isEqualTo(WatchEvent.Type.ADDED);
    assertThat(event.getObject().getName()).isEqualTo("watched");
    WatchEvent expired =
        api()
            .watch(WatchRequest.newBuilder().setTarget(DEFAULT).setResourceVersion("1").build())
            .next()
            .getEvents(0);
    assertThat(expired.getType()).isEqualTo(WatchEvent.Type.ERROR);
    assertThat(expired.getObject().getJson().toStringUtf8()).contains("\"Expired\"");
  }

  @Test
  void theLedgerIsStreamedAndTakesReports() {
    create("recorded");
    var service = LedgerServiceGrpc.newBlockingStub(channel);
    var effect =
        LedgerEntry.newBuilder().setVerb("rules").setNote("3 chains").addCauses(101).build();
    assertThat(service.report(ReportRequest.newBuilder().addEffects(effect).build())).isNotNull();
    LedgerEntries all = service.follow(FollowRequest.getDefaultInstance()).next();
    assertThat(all.getEntriesList())
        .anySatisfy(
            entry -> {
              assertThat(entry.getName()).isEqualTo("recorded");
              assertThat(entry.getComponent()).startsWith("kube-scheduler");
              assertThat(entry.getCausesList()).containsExactly(7L, 8L);
              assertThat(entry.getRevisionAfter()).isPositive();
            })
        .anySatisfy(entry -> assertThat(entry.getNote()).isEqualTo("3 chains"));
  }
}
