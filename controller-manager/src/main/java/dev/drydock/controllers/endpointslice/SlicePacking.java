package dev.drydock.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Distributes the endpoints of one address family over slices.
final class SlicePacking {
  private final SliceFrame frame;
  private final int most;
  private final List<EndpointSlice> free = new ArrayList<>();
  private final List<EndpointSliceAction> updates = new ArrayList<>();
  private final List<Filling> creations = new ArrayList<>();

  private record Filling(List<EndpointPort> ports, List<Endpoint> endpoints) {}

  /// A slice and what it is to hold.
  private static final class Kept {
    private final EndpointSlice slice;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private boolean changed;

    Kept(EndpointSlice slice) {
      this.slice = slice;
    }
  }

  /// @param most endpoints in a slice
  SlicePacking(SliceFrame frame, int most) {
    this.frame = frame;
    this.most = most;
  }

  List<EndpointSliceAction> pack(
      Map<List<EndpointPort>, List<Endpoint>> wanted, List<EndpointSlice> present) {
    var known = new HashSet<String>();
    wanted.forEach(
        (ports, endpoints) -> {
          List<EndpointSlice> same =
              present.stream()
                  .filter(slice -> slice.getPorts().equals(ports))
                  .sorted(Comparator.comparing(slice -> slice.getMetadata().getName()))
                  .toList();
          same.forEach(slice -> known.add(slice.getMetadata().getName()));
          packGroup(ports, endpoints, same);
        });
    present.stream()
        .filter(slice -> !known.contains(slice.getMetadata().getName()))
        .forEach(free::add);
    return actions();
  }

  private void packGroup(
      List<EndpointPort> ports, List<Endpoint> endpoints, List<EndpointSlice> present) {
    Map<String, Endpoint> left = new LinkedHashMap<>();
    endpoints.forEach(endpoint -> left.put(identity(endpoint), endpoint));
    List<Kept> kept = new ArrayList<>();
    for (EndpointSlice slice : present) {
      Kept keep = keep(slice, left);
      boolean placeholder = endpoints.isEmpty() && kept.isEmpty();
      if (keep.endpoints.isEmpty() && !placeholder) {
        free.add(slice);
      } else {
        kept.add(keep);
      }
    }
    fill(kept, left);
    for (Kept keep : kept) {
      if (keep.changed) {
        updates.add(
            new EndpointSliceAction.Update(frame.refilled(keep.slice, ports, keep.endpoints)));
      }
    }
    List<Endpoint> rest = List.copyOf(left.values());
    for (int from = 0; from < rest.size(); from += most) {
      creations.add(new Filling(ports, rest.subList(from, Math.min(rest.size(), from + most))));
    }
    if (endpoints.isEmpty() && kept.isEmpty()) {
      creations.add(new Filling(ports, List.of()));
    }
  }

  /// What stays in a slice; takes it out of what is left to place.
  private Kept keep(EndpointSlice slice, Map<String, Endpoint> left) {
    var keep = new Kept(slice);
    keep.changed = !frame.fits(slice);
    for (Endpoint endpoint : slice.getEndpoints()) {
      Endpoint wanted = left.remove(identity(endpoint));
      if (wanted == null) {
        keep.changed = true;
      } else {
        keep.changed |= !wanted.equals(endpoint);
        keep.endpoints.add(wanted);
      }
    }
    return keep;
  }

  /// First into slices that change anyway; then, when it is less than a slice full, into the
  /// fullest other one that takes it all.
  private void fill(List<Kept> kept, Map<String, Endpoint> left) {
    for (Kept keep : kept) {
      if (keep.changed) {
        top(keep, left);
      }
    }
    int rest = left.size() % most;
    if (rest == 0) {
      return;
    }
    Optional<Kept> roomy =
        kept.stream()
            .filter(keep -> !keep.changed && keep.endpoints.size() + rest <= most)
            .max(Comparator.comparingInt(keep -> keep.endpoints.size()));
    roomy.ifPresent(
        keep -> {
          List.copyOf(left.keySet()).stream()
              .limit(rest)
              .forEach(
                  id -> {
                    Endpoint endpoint = left.remove(id);
                    if (endpoint != null) {
                      keep.endpoints.add(endpoint);
                    }
                  });
          keep.changed = true;
        });
  }

  private void top(Kept keep, Map<String, Endpoint> left) {
    var next = left.values().iterator();
    while (next.hasNext() && keep.endpoints.size() < most) {
      keep.endpoints.add(next.next());
      next.remove();
    }
  }

  /// A slice to delete and one to create are one to update.
  private List<EndpointSliceAction> actions() {
    var actions = new ArrayList<EndpointSliceAction>(updates);
    var unused = new ArrayList<>(free);
    for (Filling filling : creations) {
      if (unused.isEmpty()) {
        actions.add(
            new EndpointSliceAction.Create(frame.filled(filling.ports(), filling.endpoints())));
      } else {
        actions.add(
            new EndpointSliceAction.Update(
                frame.refilled(unused.removeFirst(), filling.ports(), filling.endpoints())));
      }
    }
    unused.forEach(slice -> actions.add(new EndpointSliceAction.Delete(slice)));
    return actions;
  }

  private static String identity(Endpoint endpoint) {
    String uid = endpoint.getTargetRef() == null ? "" : endpoint.getTargetRef().getUid();
    return uid + "@" + String.join(",", endpoint.getAddresses());
  }
}
