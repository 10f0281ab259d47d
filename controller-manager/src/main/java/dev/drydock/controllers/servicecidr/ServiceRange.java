package dev.drydock.controllers.servicecidr;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A ServiceCIDR as far as it matters here.
record ServiceRange(String name, List<AddressBlock> blocks) {

  ServiceRange {
    blocks = List.copyOf(blocks);
  }

  static ServiceRange of(GenericKubernetesResource object) {
    var blocks = new ArrayList<AddressBlock>();
    if (object.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
        && spec.get("cidrs") instanceof List<?> cidrs) {
      cidrs.forEach(cidr -> blocks.add(AddressBlock.of(String.valueOf(cidr))));
    }
    return new ServiceRange(object.getMetadata().getName(), blocks);
  }

  boolean overlaps(ServiceRange other) {
    return blocks.stream().anyMatch(one -> other.blocks.stream().anyMatch(one::overlaps));
  }

  boolean gives(String address) {
    return blocks.stream().anyMatch(block -> block.gives(address));
  }

  boolean contains(AddressBlock block) {
    return blocks.stream().anyMatch(one -> one.contains(block));
  }
}
