package dev.drydock.apiserver;

import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.aggregation.ApiServiceWriter;
import dev.drydock.apiserver.aggregation.ApiServices;
import dev.drydock.apiserver.aggregation.AvailabilityController;
import dev.drydock.apiserver.aggregation.LocalServices;
import dev.drydock.apiserver.aggregation.RemoteDiscovery;
import dev.drydock.apiserver.aggregation.RemoteTypes;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.rest.RestApi;
import dev.drydock.apiserver.rest.extension.RemoteConnections;
import dev.drydock.apiserver.rest.extension.RemoteObjects;
import dev.drydock.apiserver.served.LiveTypes;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.lifecycle.ComponentGroup;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Puts together what is about other servers of the API.
///
/// @param extensions for requests
/// @param discovery what other servers serve
/// @param everything the API with what other servers serve, for components
/// @param types of everything
/// @param parts what runs
record AggregationWiring(
    RestApi.Extensions extensions,
    RemoteDiscovery discovery,
    ApiService everything,
    RemoteTypes types,
    Component parts) {

  /// What it rests on.
  ///
  /// @param complete whether all types are known that were defined at the start
  record Basis(
      ApiService api,
      ObjectReader<StoredObject> reader,
      LiveTypes types,
      BooleanSupplier complete) {}

  /// @param proxy the front proxy's certificate; null: none is shown
  static AggregationWiring of(
      Basis basis, RestApi.Nodes nodes, @Nullable TlsMaterial proxy, Surroundings around) {
    var services =
        new ApiServices(
            listener ->
                new ObjectFollower(basis.reader(), ApiServices.PREFIX, around.timers(), listener));
    var writer = new ApiServiceWriter(basis.api(), around.clock());
    var connections =
        new RemoteConnections(
            basis.api(),
            new RemoteConnections.Ways(nodes.destinations(), nodes.tunnels()),
            proxy,
            around.clock(),
            around.timers());
    var discovery = new RemoteDiscovery(services, connections, around.timers());
    return new AggregationWiring(
        new RestApi.Extensions(services::serving, connections),
        discovery,
        new RemoteObjects(basis.api(), services, connections, around.timers()),
        new RemoteTypes(basis.types(), discovery),
        ComponentGroup.of(
            services,
            new LocalServices(services, basis.types(), basis.complete(), writer, around.timers()),
            new AvailabilityController(
                services, writer, connections, around.clock(), around.timers()),
            discovery));
  }
}
