package dev.drydock.apiserver.registry.strategy;

import tools.jackson.databind.node.ObjectNode;

/// Between the versions of a kind whose versions are equals.
public interface VersionConversion {

  /// Where nothing differs but the name of the version.
  VersionConversion NONE = (object, apiVersion) -> object.put("apiVersion", apiVersion);

  /// @param object may be changed
  /// @param apiVersion the wanted one
  /// @throws dev.drydock.api.status.ApiException when it can't be done
  ObjectNode convert(ObjectNode object, String apiVersion);

  /// What a conversion needs: one that goes over the network takes time and may fail.
  default Reach reach() {
    return Reach.MEMORY;
  }

  /// Where the work is done.
  enum Reach {
    MEMORY,
    NETWORK
  }
}
