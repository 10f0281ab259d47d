package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/// Where the sentences of tests begin: `aPod("a").on("n1").requesting("cpu", "100m").build()`.
/// Everything lives in namespace `default` unless said; uids are `uid-KIND-NAME`.
public final class Objects {
  /// Used unless a test says otherwise.
  public static final String NAMESPACE = "default";

  private Objects() {}

  public static PodObject aPod(String name) {
    return new PodObject(name);
  }

  public static NodeObject aNode(String name) {
    return new NodeObject(name);
  }

  public static ServiceObject aService(String name) {
    return new ServiceObject(name);
  }

  public static SliceObject aSlice(String name) {
    return new SliceObject(name);
  }

  public static DeploymentObject aDeployment(String name) {
    return new DeploymentObject(name);
  }

  public static ReplicaSetObject aReplicaSet(String name) {
    return new ReplicaSetObject(name);
  }

  public static io.fabric8.kubernetes.api.model.Namespace aNamespace(String name) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid("uid-namespace-" + name)
        .endMetadata()
        .withNewSpec()
        .withFinalizers("kubernetes")
        .endSpec()
        .withNewStatus()
        .withPhase("Active")
        .endStatus()
        .build();
  }

  /// A reference that makes the object the controller of what carries it.
  public static OwnerReference controlledBy(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
