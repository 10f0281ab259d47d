package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.strategy.Claims.Claim;
import dev.drydock.apiserver.registry.strategy.Traits.Lifetime;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Single objects in the store: reading, creating, and the only loop that retries a write
/// after a conflict.
final class Objects {
  private static final int MOST_CONFLICTS = 1000;
  private static final Freshness ANY = new Freshness.Any();

  private final ObjectStore store;
  private final ObjectReader<StoredObject> reader;
  private final Duration passing;

  /// @param passing how long objects last of kinds that are not for ever
  Objects(ObjectStore store, ObjectReader<StoredObject> reader, Duration passing) {
    this.store = store;
    this.reader = reader;
    this.passing = passing;
  }

  ObjectStore store() {
    return store;
  }

  ObjectReader<StoredObject> reader() {
    return reader;
  }

  /// What an updater wants.
  sealed interface Wish {

    /// @param claim what was taken for this write
    record Store(ObjectNode tree, Claim claim) implements Wish {}

    /// The object is fine as it is.
    record Keep() implements Wish {}

    /// The object goes; its last state is as given.
    record Remove(ObjectNode last) implements Wish {}

    /// The object does not exist and is to be created.
    record Create(ObjectNode tree, Claim claim) implements Wish {}
  }

  /// Decides what becomes of an object; called again when somebody else was faster.
  interface Updater {

    /// @param current null: there is none
    Wish decide(@Nullable SharedObject current);
  }

  Optional<SharedObject> find(
      StoredResource as, String namespace, String name, Freshness freshness) {
    StoreKey key = as.resource().key(namespace, name);
    return StorageFailures.reading(
        as.type(),
        name,
        () -> reader.get(key, freshness).map(object -> SharedObject.of(as.form(), object)));
  }

  SharedObject need(StoredResource as, Target target, Freshness freshness) {
    return find(as, target.namespace(), target.name(), freshness)
        .orElseThrow(() -> ApiException.notFound(as.type(), target.name()));
  }

  Written create(
      StoredResource as, Target target, ObjectNode tree, Claim claim, Persistence persistence) {
    StoreKey key = as.resource().key(target.namespace(), target.name());
    Bytes value = as.form().encode(tree);
    if (persistence == Persistence.DRY_RUN) {
      claim.undo();
      if (find(as, target.namespace(), target.name(), new Freshness.Consistent()).isPresent()) {
        throw ApiException.alreadyExists(as.type(), target.name());
      }
      return new Written(
          as.shown(rehearsed(as, key, value, Revision.NONE)),
          Revision.NONE,
          Written.Outcome.CREATED);
    }
    try {
      Revision revision = put(as, key, value, Revision.NONE);
      claim.keep();
      return new Written(
          as.shown(as.form().decode(key, value, revision)), Revision.NONE, Written.Outcome.CREATED);
    } catch (StorageException.Conflict _) {
      claim.undo();
      throw ApiException.alreadyExists(as.type(), target.name());
    } catch (StorageException failure) {
      throw StorageFailures.translate(failure, as.type(), target.name());
    }
  }

  /// Begins with what memory has; when that is refused, or turns out to be old, goes on with
  /// what the store has.
  Written update(StoredResource as, Target target, Persistence persistence, Updater updater) {
    StoreKey key = as.resource().key(target.namespace(), target.name());
    SharedObject current = find(as, target.namespace(), target.name(), ANY).orElse(null);
    boolean certain = false;
    for (int conflicts = 0; conflicts < MOST_CONFLICTS; ) {
      if (current == null && !certain) {
        current = fromStore(as, key);
        certain = true;
      }
      Wish wish;
      try {
        wish = updater.decide(current);
      } catch (ApiException refused) {
        SharedObject stored = certain ? current : fromStore(as, key);
        if (certain || isSame(stored, current)) {
          throw refused;
        }
        current = stored;
        certain = true;
        continue;
      }
      if (wish instanceof Wish.Keep && current != null && !certain) {
        SharedObject stored = fromStore(as, key);
        certain = true;
        if (!isSame(stored, current)) {
          current = stored;
          continue;
        }
      }
      Written written = tryTo(as, key, current, wish, persistence);
      if (written != null) {
        return written;
      }
      conflicts++;
      current = fromStore(as, key);
      certain = true;
    }
    throw ApiException.modifiedMeanwhile(as.type(), target.name());
  }

  /// @return null: somebody else was faster
  private @Nullable Written tryTo(
      StoredResource as,
      StoreKey key,
      @Nullable SharedObject current,
      Wish wish,
      Persistence persistence) {
    Revision before = current == null ? Revision.NONE : current.revision();
    return switch (wish) {
      case Wish.Keep _ -> {
        if (current == null) {
          throw ApiException.notFound(as.type(), nameOf(key));
        }
        yield new Written(as.shown(current), before, Written.Outcome.UNCHANGED);
      }
      case Wish.Store(ObjectNode tree, Claim claim) ->
          write(as, key, tree, claim, before, persistence, Written.Outcome.CHANGED);
      case Wish.Create(ObjectNode tree, Claim claim) ->
          write(as, key, tree, claim, Revision.NONE, persistence, Written.Outcome.CREATED);
      case Wish.Remove(ObjectNode last) -> remove(as, key, last, before, persistence);
    };
  }

  private @Nullable Written write(
      StoredResource as,
      StoreKey key,
      ObjectNode tree,
      Claim claim,
      Revision before,
      Persistence persistence,
      Written.Outcome outcome) {
    Bytes value = as.form().encode(tree);
    if (persistence == Persistence.DRY_RUN) {
      claim.undo();
      return new Written(as.shown(rehearsed(as, key, value, before)), before, outcome);
    }
    try {
      Revision revision = put(as, key, value, before);
      claim.keep();
      return new Written(as.shown(as.form().decode(key, value, revision)), before, outcome);
    } catch (StorageException.Conflict _) {
      claim.undo();
      return null;
    } catch (StorageException failure) {
      throw StorageFailures.translate(failure, as.type(), nameOf(key));
    }
  }

  private @Nullable Written remove(
      StoredResource as, StoreKey key, ObjectNode last, Revision before, Persistence persistence) {
    Bytes value = as.form().encode(last);
    if (persistence == Persistence.DRY_RUN) {
      return new Written(
          as.shown(rehearsed(as, key, value, before)), before, Written.Outcome.REMOVED);
    }
    try {
      Revision revision = store.delete(key, before);
      as.claims().release(last);
      return new Written(
          as.shown(as.form().decode(key, value, revision)), before, Written.Outcome.REMOVED);
    } catch (StorageException.Conflict _) {
      return null;
    } catch (StorageException failure) {
      throw StorageFailures.translate(failure, as.type(), nameOf(key));
    }
  }

  private Revision put(StoredResource as, StoreKey key, Bytes value, Revision expected) {
    Lifetime lifetime = as.resource().strategy().traits().lifetime();
    return store.put(key, value, expected, lifetime == Lifetime.ETERNAL ? Duration.ZERO : passing);
  }

  private @Nullable SharedObject fromStore(StoredResource as, StoreKey key) {
    return StorageFailures.reading(
        as.type(),
        nameOf(key),
        () ->
            store
                .get(key)
                .map(stored -> as.form().decode(key, stored.value(), stored.revision()))
                .orElse(null));
  }

  private static SharedObject rehearsed(
      StoredResource as, StoreKey key, Bytes value, Revision revision) {
    return as.form().decode(key, value, revision);
  }

  private static boolean isSame(@Nullable SharedObject one, @Nullable SharedObject other) {
    return (one == null || other == null) ? one == other : one.revision().equals(other.revision());
  }

  private static String nameOf(StoreKey key) {
    return key.path().substring(key.path().lastIndexOf('/') + 1);
  }
}
