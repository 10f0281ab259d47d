package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.allocation.PortBook;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.Stored;
import java.time.Duration;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/// The taken node ports as one value that is only changed by compare-and-set.
final class StoredPortBook implements PortBook {
  private static final StoreKey KEY = new StoreKey("/registry/ranges/servicenodeports");

  private final ObjectStore store;
  private final String range;

  /// Keeps writers of this process from disturbing each other; others are met by compare-and-set.
  private final ReentrantLock lock = new ReentrantLock();

  StoredPortBook(ObjectStore store, ServiceNetwork network) {
    this.store = store;
    this.range = network.lowestNodePort() + "-" + network.highestNodePort();
  }

  @Override
  public <T> T change(Change<T> change) {
    lock.lock();
    try {
      while (true) {
        Optional<Stored> stored = store.get(KEY);
        BitSet taken = stored.map(StoredPortBook::decode).orElseGet(BitSet::new);
        BitSet before = (BitSet) taken.clone();
        T outcome = change.apply(taken);
        if (taken.equals(before)) {
          return outcome;
        }
        try {
          store.put(
              KEY,
              encode(taken),
              stored.map(Stored::revision).orElse(Revision.NONE),
              Duration.ZERO);
          return outcome;
        } catch (StorageException.Conflict _) {
          // Another api-server was faster: again, on its outcome.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Bytes encode(BitSet taken) {
    ObjectNode tree = Trees.object();
    tree.put("apiVersion", "v1").put("kind", "RangeAllocation");
    tree.putObject("metadata").put("name", "servicenodeports");
    tree.put("range", range);
    tree.put("data", Base64.getEncoder().encodeToString(taken.toByteArray()));
    return Bytes.wrap(StoredForm.JSON.writeValueAsBytes(tree));
  }

  private static BitSet decode(Stored stored) {
    String data = Trees.text(StoredForm.parse(stored.value().array()), "data");
    return BitSet.valueOf(Base64.getDecoder().decode(data));
  }
}
