package dev.drydock.apiserver.fairness;

import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;

/// Keeps [FlowControl] as the stored objects say.
public final class FlowFollowers implements Component {
  private final ObjectFollower schemas;
  private final ObjectFollower levels;

  public FlowFollowers(ObjectReader<StoredObject> reader, Timers timers, FlowControl control) {
    schemas =
        new ObjectFollower(
            reader, new StorePrefix("/registry/flowschemas/"), timers, new Schemas(control));
    levels =
        new ObjectFollower(
            reader,
            new StorePrefix("/registry/prioritylevelconfigurations/"),
            timers,
            new Levels(control));
  }

  @Override
  public void start() {
    levels.start();
    schemas.start();
  }

  @Override
  public void close() {
    schemas.close();
    levels.close();
  }

  private record Schemas(FlowControl control) implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject object) {
      control.put(FlowSpec.of(object.tree()));
    }

    @Override
    public void gone(StoredObject last) {
      control.removeSchema(last.name());
    }
  }

  private record Levels(FlowControl control) implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject object) {
      control.put(LevelSpec.of(object.tree()));
    }

    @Override
    public void gone(StoredObject last) {
      control.removeLevel(last.name());
    }
  }
}
