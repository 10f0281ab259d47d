package dev.drydock.apiserver.registry.pod;

import java.util.Set;

/// The volumes of a pod that its containers can refer to.
///
/// @param names of all
/// @param claims names of those that can be block devices: they come from claims
record PodVolumes(Set<String> names, Set<String> claims) {
  PodVolumes {
    names = Set.copyOf(names);
    claims = Set.copyOf(claims);
  }
}
