package dev.drydock.api.codec;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.Optional;

/// Where the messages of each group version are declared.
final class ProtobufFiles {
  private ProtobufFiles() {}

  /// @param groupVersion `/v1`, `apps/v1`
  static Optional<FileDescriptor> of(String groupVersion) {
    return switch (groupVersion) {
      case "/v1" -> Optional.of(V1.getDescriptor());
      case "admissionregistration.k8s.io/v1" ->
          Optional.of(V1Admissionregistration.getDescriptor());
      case "apiextensions.k8s.io/v1" -> Optional.of(V1Apiextensions.getDescriptor());
      case "apiregistration.k8s.io/v1" -> Optional.of(AggregatorMessages.file());
      case "apps/v1" -> Optional.of(V1Apps.getDescriptor());
      case "authentication.k8s.io/v1" -> Optional.of(V1Authentication.getDescriptor());
      case "authorization.k8s.io/v1" -> Optional.of(V1Authorization.getDescriptor());
      case "autoscaling/v1" -> Optional.of(V1Autoscaling.getDescriptor());
      case "autoscaling/v2" -> Optional.of(V2Autoscaling.getDescriptor());
      case "batch/v1" -> Optional.of(V1Batch.getDescriptor());
      case "certificates.k8s.io/v1" -> Optional.of(V1Certificates.getDescriptor());
      case "coordination.k8s.io/v1" -> Optional.of(V1Coordination.getDescriptor());
      case "discovery.k8s.io/v1" -> Optional.of(V1Discovery.getDescriptor());
      case "events.k8s.io/v1" -> Optional.of(V1Events.getDescriptor());
      case "flowcontrol.apiserver.k8s.io/v1" -> Optional.of(V1Flowcontrol.getDescriptor());
      case "networking.k8s.io/v1" -> Optional.of(V1Networking.getDescriptor());
      case "node.k8s.io/v1" -> Optional.of(V1Node.getDescriptor());
      case "policy/v1" -> Optional.of(V1Policy.getDescriptor());
      case "rbac.authorization.k8s.io/v1" -> Optional.of(V1Rbac.getDescriptor());
      case "resource.k8s.io/v1" -> Optional.of(V1Resource.getDescriptor());
      case "scheduling.k8s.io/v1" -> Optional.of(V1Scheduling.getDescriptor());
      case "storage.k8s.io/v1" -> Optional.of(V1Storage.getDescriptor());
      default -> Optional.empty();
    };
  }
}
