package dev.drydock.scheduler.plugins;

import static dev.drydock.testkit.objects.Objects.aNode;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.scheduler.decision.Decision;
import dev.drydock.scheduler.decision.World;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.testkit.objects.NodeObject;
import dev.drydock.testkit.objects.PodObject;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each rule in a cluster of one to four nodes.
class PluginsTest {
  private static final String NO = "0/1 nodes are available: 1 ";

  private static World one(NodeObject node) {
    return new World().with(node);
  }

  private static NodeObject inZone(String name, String zone) {
    return aNode(name).labelled("topology.kubernetes.io/zone", zone);
  }

  private static PodObject web(String name) {
    return aPod(name).labelled("app", "web");
  }

  private static PodObject spread(String name, String key, String when) {
    return web(name)
        .with(
            b ->
                b.editSpec()
                    .addNewTopologySpreadConstraint()
                    .withMaxSkew(1)
                    .withTopologyKey(key)
                    .withWhenUnsatisfiable(when)
                    .withNewLabelSelector()
                    .addToMatchLabels("app", "web")
                    .endLabelSelector()
                    .endTopologySpreadConstraint()
                    .endSpec());
  }

  private static PodObject selecting(String key, String operator, String... values) {
    return aPod("p")
        .with(
            b ->
                b.editSpec()
                    .editOrNewAffinity()
                    .editOrNewNodeAffinity()
                    .editOrNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .addNewNodeSelectorTerm()
                    .addNewMatchExpression()
                    .withKey(key)
                    .withOperator(operator)
                    .withValues(values)
                    .endMatchExpression()
                    .endNodeSelectorTerm()
                    .endRequiredDuringSchedulingIgnoredDuringExecution()
                    .endNodeAffinity()
                    .endAffinity()
                    .endSpec());
  }

  private static PodObject apart(String name) {
    return web(name)
        .with(
            b ->
                b.editSpec()
                    .editOrNewAffinity()
                    .editOrNewPodAntiAffinity()
                    .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .withTopologyKey("kubernetes.io/hostname")
                    .withNewLabelSelector()
                    .addToMatchLabels("app", "web")
                    .endLabelSelector()
                    .endRequiredDuringSchedulingIgnoredDuringExecution()
                    .endPodAntiAffinity()
                    .endAffinity()
                    .endSpec());
  }

  private static PodObject together(String name) {
    return web(name)
        .with(
            b ->
                b.editSpec()
                    .editOrNewAffinity()
                    .editOrNewPodAffinity()
                    .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .withTopologyKey("topology.kubernetes.io/zone")
                    .withNewLabelSelector()
                    .addToMatchLabels("app", "web")
                    .endLabelSelector()
                    .endRequiredDuringSchedulingIgnoredDuringExecution()
                    .endPodAffinity()
                    .endAffinity()
                    .endSpec());
  }

  @Test
  void resourcesMustBeLeft() {
    World world = one(aNode("n").room("cpu", "1").room("pods", "2").room("x.io/gpu", "1"));
    world.with(aPod("old").on("n").requesting("cpu", "600m").requesting("x.io/gpu", "1"));
    assertThat(world.outcome(aPod("p").requesting("cpu", "400m"))).isEqualTo("n");
    assertThat(world.outcome(aPod("p").requesting("cpu", "401m")))
        .isEqualTo(NO + "Insufficient cpu.");
    assertThat(world.outcome(aPod("p").requesting("x.io/gpu", "1")))
        .isEqualTo(NO + "Insufficient x.io/gpu.");
    world.with(aPod("older").on("n"));
    assertThat(world.outcome(aPod("p"))).isEqualTo(NO + "Too many pods.");
  }

  @Test
  void initContainersCountWhereTheyNeedMoreAndSidecarsAlways() {
    PodObject pod =
        aPod("p")
            .requesting("cpu", "300m")
            .with(
                b ->
                    b.editSpec()
                        .addToInitContainers(
                            container("init", "800m", null), container("side", "100m", "Always"))
                        .addToOverhead("cpu", new Quantity("50m"))
                        .endSpec());
    assertThat(PodView.of(pod.build()).requests().milliCpu()).isEqualTo(850);
    pod.requesting("cpu", "900m");
    assertThat(PodView.of(pod.build()).requests().milliCpu()).isEqualTo(1050);
  }

  @Test
  void aPodThatIsResizedCountsWithTheMostOfWhatItWantsAndHas() {
    Pod pod = aPod("p").requesting("cpu", "1").build();
    String container = pod.getSpec().getContainers().getFirst().getName();
    UnaryOperator<String> granted =
        cpu ->
            ""
                + PodView.of(
                        new PodBuilder(pod)
                            .withNewStatus()
                            .addNewContainerStatus()
                            .withName(container)
                            .addToAllocatedResources("cpu", new Quantity(cpu))
                            .endContainerStatus()
                            .endStatus()
                            .build())
                    .requests()
                    .milliCpu();
    assertThat(granted.apply("2")).isEqualTo("2000");
    assertThat(granted.apply("500m")).isEqualTo("1000");
  }

  private static Container container(String name, String cpu, @Nullable String restartPolicy) {
    return new ContainerBuilder()
        .withName(name)
        .withRestartPolicy(restartPolicy)
        .withNewResources()
        .addToRequests("cpu", new Quantity(cpu))
        .endResources()
        .build();
  }

  @Test
  void theEmptierNodeIsPreferred() {
    World world = new World().with(aNode("full"), aNode("empty"));
    world.with(aPod("old").on("full").requesting("cpu", "2").requesting("memory", "4Gi"));
    assertThat(world.outcome(aPod("p").requesting("cpu", "100m"))).isEqualTo("empty");
  }

  @Test
  void aHostPortIsUsedOnce() {
    World world = one(aNode("n")).with(aPod("old").on("n").hostPort(80));
    assertThat(world.outcome(aPod("p").hostPort(81))).isEqualTo("n");
    assertThat(world.outcome(aPod("p").hostPort(80)))
        .isEqualTo(NO + "node(s) didn't have free ports for the requested pod ports.");
  }

  @Test
  void taintsKeepPodsAway() {
    World world = one(aNode("n").tainted("gpu", "yes", "NoSchedule"));
    assertThat(world.outcome(aPod("p"))).isEqualTo(NO + "node(s) had untolerated taint(s).");
    assertThat(world.outcome(aPod("p").tolerating("gpu", "no", "NoSchedule"))).startsWith(NO);
    assertThat(world.outcome(aPod("p").tolerating("gpu", "yes", "NoSchedule"))).isEqualTo("n");
    assertThat(world.outcome(aPod("p").tolerating("gpu", "", "NoSchedule"))).isEqualTo("n");
    World soft = new World().with(aNode("a").tainted("x", "", "PreferNoSchedule"), aNode("b"));
    assertThat(soft.outcome(aPod("p"))).isEqualTo("b");
  }

  @Test
  void cordonedNodesTakeOnlyPodsThatTolerateIt() {
    World world = one(aNode("n").unschedulable());
    assertThat(world.outcome(aPod("p"))).isEqualTo(NO + "node(s) were unschedulable.");
    assertThat(
            world.outcome(
                aPod("p").tolerating("node.kubernetes.io/unschedulable", "", "NoSchedule")))
        .isEqualTo("n");
  }

  @Test
  void nodeSelectorAndAffinityMustMatch() {
    World world = one(aNode("n").labelled("disk", "ssd").labelled("size", "5"));
    String mismatch = NO + "node(s) didn't match Pod's node affinity/selector.";
    PodObject wantsHdd =
        aPod("p").with(b -> b.editSpec().withNodeSelector(Map.of("disk", "hdd")).endSpec());
    assertThat(world.outcome(wantsHdd)).isEqualTo(mismatch);
    assertThat(world.outcome(selecting("disk", "In", "hdd", "ssd"))).isEqualTo("n");
    assertThat(world.outcome(selecting("disk", "NotIn", "ssd"))).isEqualTo(mismatch);
    assertThat(world.outcome(selecting("disk", "DoesNotExist"))).isEqualTo(mismatch);
    assertThat(world.outcome(selecting("size", "Gt", "4"))).isEqualTo("n");
    assertThat(world.outcome(selecting("size", "Lt", "5"))).isEqualTo(mismatch);
  }

  @Test
  void aPodThatNamesItsNodeByFieldIsAskedOfThatNodeAlone() {
    World world = new World().with(aNode("a"), aNode("b").unschedulable(), aNode("c"));
    PodObject pod =
        aPod("p")
            .with(
                b ->
                    b.editSpec()
                        .editOrNewAffinity()
                        .editOrNewNodeAffinity()
                        .editOrNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addNewMatchField()
                        .withKey("metadata.name")
                        .withOperator("In")
                        .withValues("b")
                        .endMatchField()
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .endAffinity()
                        .endSpec());
    assertThat(world.outcome(pod))
        .isEqualTo(
            "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's"
                + " node affinity/selector.");
  }

  @Test
  void spreadingByConstraintKeepsTheSkew() {
    World world =
        new World()
            .with(inZone("a1", "a"), inZone("b1", "b"), aNode("none"))
            .with(web("w1").on("a1"));
    String zone = "topology.kubernetes.io/zone";
    assertThat(world.outcome(spread("p", zone, "DoNotSchedule"))).isEqualTo("b1");
    world.with(web("w2").on("a1"), web("w3").on("b1"));
    World full =
        new World()
            .with(inZone("a1", "a"), inZone("b1", "b").unschedulable(), aNode("none"))
            .with(web("w1").on("a1"));
    assertThat(full.outcome(spread("p", zone, "DoNotSchedule")))
        .isEqualTo(
            "0/3 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1"
                + " node(s) didn't match pod topology spread constraints (missing required label),"
                + " 1 node(s) were unschedulable.");
    assertThat(full.outcome(spread("p", zone, "ScheduleAnyway"))).isEqualTo("a1");
  }

  @Test
  void podsOfOneServiceAreSpreadByDefault() {
    World world =
        new World()
            .with(aNode("a"), aNode("b"))
            .with(web("w1").on("a"), web("w2").on("a"))
            .with(aPod("other").on("b").requesting("cpu", "500m"));
    PodView pod = PodView.of(web("p").build()).withWorkload(LabelSelector.parse("app=web"));
    assertThat(world.outcome(pod)).isEqualTo("b");
  }

  @Test
  void antiAffinityHoldsInBothDirections() {
    World world = new World().with(aNode("a"), aNode("b")).with(web("w1").on("a"));
    assertThat(world.outcome(apart("p"))).isEqualTo("b");
    World guarded = one(aNode("a")).with(apart("w1").on("a"));
    assertThat(guarded.outcome(web("p")))
        .isEqualTo(NO + "node(s) didn't satisfy existing pods anti-affinity rules.");
    assertThat(guarded.outcome(apart("p")))
        .isEqualTo(NO + "node(s) didn't match pod anti-affinity rules.");
  }

  @Test
  void affinityBringsPodsTogetherAndLetsTheFirstOneIn() {
    World world = new World().with(inZone("a1", "a"), inZone("b1", "b"), inZone("b2", "b"));
    assertThat(world.decide(together("first"))).isInstanceOf(Decision.Placed.class);
    world.with(web("w1").on("a1"));
    assertThat(world.outcome(together("p"))).isEqualTo("a1");
    World lonely = one(aNode("n")).with(web("w1").on("n"));
    assertThat(lonely.outcome(together("p")))
        .isEqualTo(NO + "node(s) didn't match pod affinity rules.");
  }
}
