package dev.drydock.apiserver.aggregation;

import dev.drydock.apiserver.discovery.RemoteVersion;
import dev.drydock.apiserver.discovery.RemoteVersion.Freshness;
import dev.drydock.apiserver.discovery.RemoteVersion.OpenApiTexts;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// What other servers say of themselves, asked for once a minute and whenever one becomes
/// available. What a server said last stays known, as stale, while it can't be reached.
public final class RemoteDiscovery implements Component, Supplier<List<RemoteVersion>> {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteDiscovery.class);
  private static final Duration RESYNC = Duration.ofSeconds(60);

  private final ApiServices services;
  private final RemoteDocuments documents;
  private final Timers timers;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("remote-discovery").unstarted(this::run);
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private Timers.Cancellable next = () -> {};
  private volatile boolean due;
  private volatile List<RemoteVersion> now = List.of();

  /// What a server said last.
  private record Known(
      ApiServiceEntry entry,
      List<ObjectNode> resources,
      OpenApiTexts openApi,
      Freshness freshness) {
    RemoteVersion version(ApiServiceEntry now) {
      return new RemoteVersion(
          now.group(),
          now.version(),
          now.priority(),
          now.isAvailable() ? freshness : Freshness.STALE,
          resources,
          openApi);
    }
  }

  public RemoteDiscovery(ApiServices services, RemoteServers remotes, Timers timers) {
    this.services = services;
    this.documents = new RemoteDocuments(remotes);
    this.timers = timers;
  }

  @Override
  public List<RemoteVersion> get() {
    return now;
  }

  @Override
  public void start() {
    services.onChange(wake::release);
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        wake.acquire();
        wake.drainPermits();
        boolean all = due;
        due = false;
        List<ApiServiceEntry> remotes = services.remotes();
        show(remotes);
        for (ApiServiceEntry entry : remotes) {
          Known last = known.get(entry.name());
          boolean changed = last == null || !last.entry().equals(entry);
          if (entry.isAvailable() && (all || changed)) {
            known.put(entry.name(), ask(entry, last));
            show(remotes);
          }
        }
        known.keySet().retainAll(remotes.stream().map(ApiServiceEntry::name).toList());
        schedule(remotes);
      }
    } catch (InterruptedException _) {
      LOG.debug("other servers are no more asked what they serve");
    }
  }

  private void schedule(List<ApiServiceEntry> remotes) {
    next.cancel();
    if (!remotes.isEmpty()) {
      next =
          timers.after(
              RESYNC,
              () -> {
                due = true;
                wake.release();
              });
    }
  }

  private void show(List<ApiServiceEntry> remotes) {
    List<RemoteVersion> versions = new ArrayList<>();
    for (ApiServiceEntry entry : remotes) {
      Known last = known.get(entry.name());
      Known shown =
          last == null ? new Known(entry, List.of(), OpenApiTexts.NONE, Freshness.STALE) : last;
      versions.add(shown.version(entry));
    }
    if (!versions.equals(now)) {
      now = List.copyOf(versions);
    }
  }

  private Known ask(ApiServiceEntry entry, @Nullable Known last) {
    try {
      OpenApiTexts texts = documents.openApi(entry);
      boolean same = last != null && last.openApi().says(texts);
      return new Known(
          entry,
          documents.resources(entry),
          last != null && same ? last.openApi() : texts,
          Freshness.CURRENT);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("APIService {} does not tell what it serves: {}", entry.name(), failure.toString());
      return last == null
          ? new Known(entry, List.of(), OpenApiTexts.NONE, Freshness.STALE)
          : new Known(entry, last.resources(), last.openApi(), Freshness.STALE);
    }
  }
}
