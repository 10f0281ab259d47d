package dev.drydock.apiserver;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.fairness.FairnessFilter;
import dev.drydock.apiserver.fairness.FlowControl;
import dev.drydock.apiserver.fairness.FlowDump;
import dev.drydock.apiserver.fairness.FlowFollowers;
import dev.drydock.apiserver.fairness.RequestWidth;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.LimitFilter;
import dev.drydock.apiserver.registry.Resources;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand;
import dev.drydock.client.lifecycle.ComponentGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Who gets a place when there are too many, by the settings.
///
/// @param filter gives the places
/// @param followers what keeps it up to date
/// @param pages what it shows of itself
record FairnessWiring(Filter filter, Component followers, Map<String, Supplier<String>> pages) {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  static FairnessWiring of(
      ApiServerSettings.Limits limits,
      Resources resources,
      ObjectReader<StoredObject> reader,
      Metrics metrics,
      ComponentCommand.Surroundings around) {
    return switch (limits.sharing()) {
      case FIRST_COME ->
          new FairnessWiring(
              new LimitFilter(limits.reads(), limits.writes(), PATIENCE),
              ComponentGroup.of(),
              Map.of());
      case BY_PRIORITY_AND_FAIRNESS -> {
        var control =
            new FlowControl(
                limits.reads() + limits.writes(),
                PATIENCE,
                metrics,
                new FlowControl.Sources(around.clock(), around.timers()));
        yield new FairnessWiring(
            new FairnessFilter(control, new RequestWidth(counts(resources, reader))),
            ComponentGroup.of(
                new FlowFollowers(reader, around.timers(), control), starting(control::start)),
            new FlowDump(control).pages());
      }
    };
  }

  private static ToIntFunction<ResourceType> counts(
      Resources resources, ObjectReader<StoredObject> reader) {
    Map<ResourceType, StorePrefix> prefixes = new HashMap<>();
    resources.all().forEach(resource -> prefixes.put(resource.type(), resource.prefix()));
    return type -> {
      StorePrefix prefix = prefixes.get(type);
      return prefix == null ? 0 : reader.list(prefix, new Freshness.Any()).items().size();
    };
  }

  static Component starting(Runnable start) {
    return new Component() {
      @Override
      public void start() {
        start.run();
      }

      @Override
      public void close() {
        // It needs no end.
      }
    };
  }
}
