package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.StoreKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads them from the cache. What the cache does not have (yet) is read consistently, so that a
/// token can be used at once after its objects were made, by way of any api-server.
public record CachedIdentityObjects(ObjectReader<StoredObject> reader)
    implements IdentityObjects, SecretReader {
  private static final String SECRETS = "/registry/secrets/";

  @Override
  public Optional<Living> find(Kind kind, String namespace, String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      return Optional.empty();
    }
    String path =
        switch (kind) {
          case SERVICE_ACCOUNT -> "/registry/serviceaccounts/" + namespace + "/" + name;
          case POD -> "/registry/pods/" + namespace + "/" + name;
          case SECRET -> SECRETS + namespace + "/" + name;
          case NODE -> "/registry/minions/" + name;
        };
    return object(path).map(CachedIdentityObjects::living);
  }

  @Override
  public Optional<Content> secret(String namespace, String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      return Optional.empty();
    }
    return object(SECRETS + namespace + "/" + name)
        .filter(object -> living(object).deleted() == null)
        .map(CachedIdentityObjects::content);
  }

  private Optional<StoredObject> object(String path) {
    StoreKey key = new StoreKey(path);
    Optional<StoredObject> found = reader.get(key, new Freshness.Any());
    return found.isPresent() ? found : reader.get(key, new Freshness.Consistent());
  }

  private static Living living(StoredObject object) {
    JsonNode metadata = object.tree().path("metadata");
    String deleted = metadata.path("deletionTimestamp").asString("");
    return new Living(
        metadata.path("uid").asString(""), deleted.isEmpty() ? null : Instant.parse(deleted));
  }

  private static Content content(StoredObject object) {
    Map<String, String> data = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.tree().path("data").properties()) {
      try {
        byte[] decoded = Base64.getDecoder().decode(entry.getValue().asString(""));
        data.put(entry.getKey(), new String(decoded, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException broken) {
        // Nobody's token, then.
      }
    }
    return new Content(object.tree().path("type").asString(""), data);
  }
}
