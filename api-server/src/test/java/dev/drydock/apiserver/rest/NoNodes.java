package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.nodeproxy.Destinations;
import dev.drydock.apiserver.nodeproxy.PodPorts;
import dev.drydock.apiserver.nodeproxy.Tunnels;
import dev.drydock.apiserver.request.ApiService;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;

/// A cluster without nodes.
public final class NoNodes {
  private NoNodes() {}

  public static RestApi.Extensions extensions() {
    return new RestApi.Extensions(
        _ -> Optional.empty(),
        _ -> {
          throw new IOException("no other servers");
        });
  }

  public static RestApi.Nodes nodes(ApiService service) {
    Tunnels tunnels =
        (_, _) -> {
          throw new IOException("no nodes");
        };
    return new RestApi.Nodes(
        (_, _, _, _) -> {
          throw ApiException.badRequest("no logs");
        },
        (_, _, _) -> {
          throw ApiException.badRequest("no sessions");
        },
        new PodPorts(service, tunnels),
        new Destinations(service, new Random(1)),
        tunnels,
        (_, _, _, _) -> {
          throw ApiException.badRequest("no pages");
        },
        new ConnectGate((_, _, _) -> {}, _ -> new Authorizer.Verdict.Allow("")));
  }
}
