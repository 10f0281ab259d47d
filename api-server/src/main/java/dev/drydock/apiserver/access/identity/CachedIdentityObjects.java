package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.StoreKey;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads them from the cache. What the cache does not have (yet) is read consistently, so that a
/// token can be used at once after its objects were made, by way of any api-server.
public record CachedIdentityObjects(ObjectReader<StoredObject> reader) implements IdentityObjects {

  @Override
  public Optional<Living> find(Kind kind, String namespace, String name) {
    StoreKey key =
        new StoreKey(
            switch (kind) {
              case SERVICE_ACCOUNT -> "/registry/serviceaccounts/" + namespace + "/" + name;
              case POD -> "/registry/pods/" + namespace + "/" + name;
              case SECRET -> "/registry/secrets/" + namespace + "/" + name;
              case NODE -> "/registry/minions/" + name;
            });
    Optional<StoredObject> found = reader.get(key, new Freshness.Any());
    if (found.isEmpty()) {
      found = reader.get(key, new Freshness.Consistent());
    }
    return found.map(CachedIdentityObjects::living);
  }

  private static Living living(StoredObject object) {
    JsonNode metadata = object.tree().path("metadata");
    String deleted = metadata.path("deletionTimestamp").asString("");
    return new Living(
        metadata.path("uid").asString(""), deleted.isEmpty() ? null : Instant.parse(deleted));
  }
}
