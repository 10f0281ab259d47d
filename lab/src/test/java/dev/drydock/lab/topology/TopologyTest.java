package dev.drydock.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopologyTest {
  private final Topology three = Topology.of(AddressBlock.FIRST, 3, 1);

  @Test
  void everyNodeHasAnAddressOfItsOwnInTheLabsBlock() {
    assertThat(three.nodes().stream().map(three::address))
        .containsExactly("127.7.1.1", "127.7.1.2", "127.7.1.3");
    assertThat(AddressBlock.FIRST.node(251)).isEqualTo("127.7.2.1");
  }

  @Test
  void aNewNodeTakesTheLowestFreeOrdinal() {
    Topology without = three.minusNode(three.nodes().get(1));

    Topology again = without.plusNode("");

    assertThat(again.nodes().getLast()).isEqualTo(new LabNode("node-2", 2));
  }

  @Test
  void aNameIsTakenOnce() {
    assertThatThrownBy(() -> three.plusNode("node-1"))
        .hasMessage("the lab has a node named node-1 already");
  }

  @Test
  void componentsAreStartedEtcdFirst() {
    assertThat(Topology.of(AddressBlock.FIRST, 1, 1).components().stream().map(Component::name))
        .containsExactly(
            "etcd",
            "api-server",
            "controller-manager",
            "scheduler",
            "kubelet-node-1",
            "kube-proxy-node-1");
  }

  @Test
  void anUnknownComponentIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> three.component("schedular"))
        .hasMessageStartingWith("no component is named 'schedular'; there are etcd, api-server");
  }

  @Test
  void nonsenseIsRefusedWithTheValueAndWhatWasExpected() {
    assertThatThrownBy(() -> new AddressBlock(255))
        .hasMessage("the address block must be a number from 1 to 254, not 255");
    assertThatThrownBy(() -> Topology.of(AddressBlock.FIRST, -1, 1))
        .hasMessage("the number of nodes must not be negative: -1");
    assertThatThrownBy(() -> Topology.of(AddressBlock.FIRST, 1, 0))
        .hasMessage("the time scale must be greater than 0 and at most 1000, not 0.0");
    assertThatThrownBy(() -> three.plusNode("Node_4"))
        .hasMessageContaining("lower case letters, digits and '-' only: 'Node_4'");
  }
}
