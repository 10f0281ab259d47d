package dev.drydock.kubelet.program;

import java.util.List;

/// Who a container is: what a server may tell its visitors.
///
/// @param image as the pod's author wrote it
/// @param ports those the container declares (TCP), or else those of the image
public record Identity(
    String pod,
    String namespace,
    String container,
    String node,
    String image,
    String hostname,
    List<Integer> ports) {
  public Identity {
    ports = List.copyOf(ports);
  }
}
