package dev.drydock.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.apiserver.fuzz.RawClient.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import tools.jackson.databind.node.ObjectNode;

/// Whatever is sent: never a 5xx, never silence, always a `Status` that says why.
class HostileRequestsTest {
  private static final byte[] NOTHING = {};
  private static final List<Victim> VICTIMS = Victim.all();

  /// What Kubernetes itself answers 500 to, and so do we.
  private static final List<String> AS_KUBERNETES =
      List.of("failed to create typed patch object", "does not contain declared merge key");

  private final RawClient client =
      Store.getOrCreate(HostileRequestsTest.class, Lifespan.RUN, Ground::new).get().client;

  /// The server, with one good object of every kind in it.
  private static final class Ground implements Store.CloseOnReset {
    private final ServedRegistry server = new ServedRegistry();
    private final RawClient client = server.client();

    Ground() {
      for (Victim victim : VICTIMS) {
        if (!victim.isRule()) {
          byte[] body = TreeCodec.write(victim.object());
          client.send("POST", victim.collection(), "application/json", body);
        }
      }
    }

    @Override
    public void close() {
      client.close();
      server.close();
    }
  }

  private static void decent(Reply reply) {
    boolean known = AS_KUBERNETES.stream().anyMatch(reply.body()::contains);
    assertThat(reply.code()).as(reply.body()).isLessThan(known ? 501 : 500);
    assertThat(reply.body())
        .doesNotContain("\tat ")
        .doesNotContain("java.")
        .doesNotContain("jackson");
    if (reply.isFailure()) {
      ObjectNode status = TreeCodec.read(reply.body().getBytes(StandardCharsets.UTF_8));
      assertThat(status.path("kind").asString("")).as(reply.body()).isEqualTo("Status");
      assertThat(status.path("message").asString("")).as(reply.body()).isNotEmpty();
      assertThat(status.path("code").asInt(0)).isEqualTo(reply.code());
      if (!known) {
        assertThat(status.path("reason").asString("")).as(reply.body()).isNotEmpty();
      }
    }
  }

  @Provide
  Arbitrary<Attack> attacks() {
    Arbitrary<Mutation> mutation =
        Combinators.combine(
                Arbitraries.of(Mutation.Way.class),
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(0, Strange.count()))
            .as(Mutation::new);
    Arbitrary<Attack.Scratch> scratch =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 600),
                Arbitraries.bytes())
            .as(Attack.Scratch::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, VICTIMS.size() - 1),
            Arbitraries.of(Attack.Form.class),
            Arbitraries.frequency(
                Tuple.of(8, ""),
                Tuple.of(2, "/status"),
                Tuple.of(1, "/scale"),
                Tuple.of(1, "/ephemeralcontainers"),
                Tuple.of(1, "/resize"),
                Tuple.of(1, "/token"),
                Tuple.of(1, "/eviction"),
                Tuple.of(1, "/approval"),
                Tuple.of(1, "/finalize")),
            mutation.list().ofMaxSize(4),
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(List.<Attack.Scratch>of())),
                Tuple.of(1, scratch.list().ofMaxSize(3))),
            Arbitraries.integers().between(0, 5))
        .as(Attack::new);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aSpoiltBodyIsAnsweredDecently(@ForAll("attacks") Attack attack) {
    decent(attack.strike(client, VICTIMS));
  }

  @Provide
  Arbitrary<String> targets() {
    Arbitrary<String> part =
        Arbitraries.of(
            "api",
            "apis",
            "v1",
            "apps",
            "namespaces",
            "default",
            "pods",
            "configmaps",
            "every",
            "status",
            "log",
            "watch",
            "example.com",
            "gadgets",
            "deployments",
            "scale",
            "openapi",
            "v2",
            "v3",
            "version",
            "healthz",
            "metrics",
            "",
            ".",
            "..",
            "%2e%2e",
            "%00",
            "%zz",
            "%",
            "a%2Fb",
            "é",
            "{}",
            "[",
            "x".repeat(3000),
            "events",
            "discovery.k8s.io",
            "*",
            "~");
    Arbitrary<String> name =
        Arbitraries.of(
            "labelSelector",
            "fieldSelector",
            "limit",
            "continue",
            "resourceVersion",
            "resourceVersionMatch",
            "timeoutSeconds",
            "sendInitialEvents",
            "allowWatchBookmarks",
            "pretty",
            "dryRun",
            "fieldManager",
            "force",
            "container",
            "tailLines",
            "timeout");
    Arbitrary<String> value =
        Arbitraries.of(
            "",
            "0",
            "-1",
            "1",
            "99999999999999999999",
            "true",
            "a=b",
            "a+in+(b,c)",
            "!a",
            "a=(",
            ",",
            "metadata.name=every",
            "metadata.name=",
            "spec.nodeName!=x",
            "status.phase=Odd",
            "spec.x=1",
            "%00",
            "%zz",
            "Exact",
            "NotOlderThan",
            "NTQ3",
            "eyJ2IjoxfQ",
            "All",
            "é",
            "%F0%9F%98%80",
            "a%3D%3Db%2Cc",
            "1h",
            "y".repeat(2000),
            "e30",
            "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiXHUwMDAwIn0");
    Arbitrary<String> query =
        Combinators.combine(name, value)
            .as((n, v) -> n + "=" + v)
            .list()
            .ofMaxSize(4)
            .map(all -> String.join("&", all));
    Arbitrary<String> known =
        Combinators.combine(
                Arbitraries.of(VICTIMS),
                Arbitraries.of(true, false),
                Arbitraries.of("", "/status", "/scale", "/log"))
            .as((victim, one, sub) -> one ? victim.path() + sub : victim.collection());
    Arbitrary<String> wild = part.list().ofMaxSize(7).map(parts -> "/" + String.join("/", parts));
    return Combinators.combine(Arbitraries.oneOf(known, wild), query)
        .as((path, parameters) -> parameters.isEmpty() ? path : path + "?" + parameters);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aStrangePathIsAnsweredDecently(
      @ForAll("targets") String target, @ForAll("methods") String method) {
    Reply reply = client.send(method, target, "", NOTHING);
    if (!reply.contentType().startsWith("text/plain") && !method.equals("HEAD")) {
      decent(reply);
    }
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.frequency(
        Tuple.of(8, "GET"),
        Tuple.of(2, "POST"),
        Tuple.of(2, "PUT"),
        Tuple.of(2, "PATCH"),
        Tuple.of(1, "OPTIONS"),
        Tuple.of(1, "ODD"));
  }

  private static List<String> bombs() {
    int deep = 100_000;
    var aliases = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
      aliases.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    return List.of(
        "{\"metadata\":{\"name\":\"b\"},\"data\":" + "[".repeat(deep),
        "{\"data\":" + "[".repeat(deep) + "]".repeat(deep) + "}",
        "{\"data\":" + "[".repeat(9000) + "]".repeat(9000) + "}",
        "{\"spec\":" + "{\"extra\":".repeat(9000) + "1" + "}".repeat(9001),
        "{\"a\":".repeat(deep),
        aliases.toString(),
        "a: &a\n  b: *a\n",
        "a: " + "- ".repeat(deep),
        "{\"metadata\":{\"name\":\"b\"},\"data\":{\"x\":1" + "0".repeat(500_000) + "}}");
  }

  @Example
  void bodiesThatBlowUpAreAnswered() {
    for (String victim :
        List.of(
            "/api/v1/namespaces/default/configmaps",
            "/apis/example.com/v1/namespaces/default/gadgets")) {
      String one = victim + "/every";
      for (String bomb : bombs()) {
        byte[] body = bomb.getBytes(StandardCharsets.UTF_8);
        decent(client.send("POST", victim, "application/json", body));
        decent(client.send("POST", victim, "application/yaml", body));
        decent(client.send("PATCH", one, "application/merge-patch+json", body));
        decent(client.send("PATCH", one, "application/strategic-merge-patch+json", body));
        decent(client.send("PATCH", one + "?fieldManager=m", "application/apply-patch+yaml", body));
      }
    }
  }
}
