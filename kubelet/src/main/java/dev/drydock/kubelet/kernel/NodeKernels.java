package dev.drydock.kubelet.kernel;

import dev.drydock.client.lifecycle.Component;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The kernels of all nodes that this process is.
public final class NodeKernels implements Component {
  private final Fabric fabric;
  private final NodeKernel.Environment environment;
  private final List<NodeKernel> all = new CopyOnWriteArrayList<>();

  public NodeKernels(Fabric fabric, NodeKernel.Environment environment) {
    this.fabric = fabric;
    this.environment = environment;
  }

  /// Makes the kernel of one more node.
  ///
  /// @param address that this computer has
  public NodeKernel create(String node, String address) {
    var kernel = new NodeKernel(NodeKernel.Settings.of(node, address), fabric, environment);
    all.add(kernel);
    return kernel;
  }

  public List<NodeKernel> all() {
    return List.copyOf(all);
  }

  /// Does nothing: a kernel works from the moment it is made.
  @Override
  public void start() {}

  @Override
  public void close() {
    all.forEach(NodeKernel::close);
  }
}
