package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.queue.Backoff;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.context.CustomTypes;
import dev.drydock.controllers.context.CustomTypes.TypeChange;
import dev.drydock.controllers.garbage.GarbageCase.OwnerState;
import dev.drydock.controllers.garbage.GarbageCase.Standing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what has no owner left.
///
/// One thread owns the [OwnershipGraph]: it reads messages, updates the graph, and hands cases to
/// workers, never two of one object at once. A worker asks the server where the graph does not
/// know, acts, and sends a message back.
public final class GarbageCollector implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
  private static final String NAME = "garbage-collector-controller";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int REMEMBERED = 2000;

  private final ControllerContext context;
  private final List<Informer<? extends HasMetadata>> informers;
  private final CustomTypes custom;
  private final GarbageWriter writer;
  private final EventRecorder events;
  private final Semaphore workers;
  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final Set<ResourceType> followed = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofVirtual().name(NAME).unstarted(this::run);

  // Below: the thread's own.
  private final OwnershipGraph graph = new OwnershipGraph();
  private final Map<Uid, List<Revision>> waiting = new LinkedHashMap<>();
  private final Map<Uid, Boolean> working = new HashMap<>();
  private final Backoff<Uid> backoff = Backoff.standard();
  private final Map<Uid, Boolean> gone =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Uid, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private boolean complete;

  /// What the thread is told.
  private sealed interface Message {
    record Seen(Item item) implements Message {}

    record Gone(Uid uid, Revision revision) implements Message {}

    /// A worker is done.
    record Worked(Uid uid, Outcome outcome, Set<Uid> absent) implements Message {}

    record Look(Uid uid) implements Message {}

    /// All that there is has been seen, or waited for long enough.
    record Complete() implements Message {}
  }

  private enum Outcome {
    SETTLED,
    FAILED
  }

  /// @param workers `--concurrent-gc-syncs`
  public GarbageCollector(ControllerContext context, int workers) {
    this.context = context;
    this.informers = GarbageTypes.informers(context.informers());
    this.custom = new CustomTypes(context);
    this.writer = new GarbageWriter(context.api(), custom);
    this.events = context.recorders().apply(NAME);
    this.workers = new Semaphore(workers);
  }

  @Override
  public void start() {
    informers.forEach(this::listen);
    custom.addListener(this::follow);
    thread.start();
    Thread.ofVirtual().name("garbage-sync").start(this::awaitSync);
    context.environment().timers().after(PATIENCE, () -> inbox.add(new Message.Complete()));
  }

  /// Types come and go; those that are there are followed.
  private void follow(TypeChange change) {
    switch (change) {
      case TypeChange.Came(ResourceType type) -> {
        if (followed.add(type)) {
          listen(context.informers().informer(Kinds.metadataOnly(type)));
        }
      }
      case TypeChange.Went(ResourceType type) -> {
        followed.remove(type);
        context.informers().drop(Kinds.metadataOnly(type));
      }
    }
  }

  private <T extends HasMetadata> void listen(Informer<T> informer) {
    informer.addListener(
        change ->
            inbox.add(
                switch (change) {
                  case Change.Added<T>(T object) ->
                      new Message.Seen(Item.of(informer.type(), object));
                  case Change.Updated<T>(T _, T object) ->
                      new Message.Seen(Item.of(informer.type(), object));
                  case Change.Removed<T>(T last) ->
                      new Message.Gone(Uid.of(last), Revision.of(last));
                }));
  }

  /// What is not known yet must not be taken for gone.
  private void awaitSync() {
    try {
      for (Informer<?> informer : informers) {
        informer.awaitRevision(Revision.NONE);
      }
      custom.awaitSync();
      inbox.add(new Message.Complete());
    } catch (InterruptedException _) {
      LOG.debug("not all types were seen");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        handle(inbox.take());
        if (complete && inbox.isEmpty()) {
          examineWaiting();
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("garbage collector ends");
    }
  }

  private void handle(Message message) {
    switch (message) {
      case Message.Seen(Item item) -> {
        Optional<Item> reborn = graph.find(item.uid());
        if (reborn.filter(known -> known.revision().atLeast(item.revision())).isEmpty()) {
          wait(graph.put(item), item.revision());
        }
      }
      case Message.Gone(Uid uid, Revision revision) -> {
        gone.put(uid, true);
        wait(graph.remove(uid), revision);
      }
      case Message.Worked(Uid uid, Outcome outcome, Set<Uid> absent) ->
          worked(uid, outcome, absent);
      case Message.Look(Uid uid) -> wait(Set.of(uid), Revision.NONE);
      case Message.Complete() -> {
        if (!complete) {
          complete = true;
          wait(graph.worthALook(), Revision.NONE);
        }
      }
    }
  }

  private void wait(Set<Uid> uids, Revision cause) {
    for (Uid uid : uids) {
      waiting.merge(
          uid,
          List.of(cause),
          (some, others) -> {
            var all = new ArrayList<>(some);
            all.addAll(others);
            return Causes.newest(all);
          });
    }
  }

  private void worked(Uid uid, Outcome outcome, Set<Uid> absent) {
    absent.forEach(each -> gone.put(each, true));
    boolean again = Boolean.TRUE.equals(working.remove(uid));
    switch (outcome) {
      case SETTLED -> backoff.succeeded(uid);
      case FAILED ->
          context
              .environment()
              .timers()
              .after(backoff.failed(uid), () -> inbox.add(new Message.Look(uid)));
    }
    if (again) {
      wait(Set.of(uid), Revision.NONE);
    }
  }

  private void examineWaiting() throws InterruptedException {
    Map<Uid, List<Revision>> now = new LinkedHashMap<>(waiting);
    waiting.clear();
    for (Map.Entry<Uid, List<Revision>> each : now.entrySet()) {
      Uid uid = each.getKey();
      if (working.containsKey(uid)) {
        working.put(uid, true);
      } else {
        Optional<GarbageCase> given = graph.find(uid).map(this::caseOf);
        if (given.isPresent() && needsWork(given.get())) {
          handOver(given.get(), each.getValue());
        }
      }
    }
  }

  private static boolean needsWork(GarbageCase given) {
    return GarbagePlan.needsVerification(given) || !GarbagePlan.of(given).isEmpty();
  }

  private GarbageCase caseOf(Item item) {
    var owners = new ArrayList<OwnerState>();
    for (OwnerReference owner : item.owners()) {
      owners.add(new OwnerState(owner, standing(item, owner)));
    }
    return new GarbageCase(item, owners, graph.dependents(item.uid()));
  }

  private Standing standing(Item child, OwnerReference owner) {
    Uid uid = OwnershipGraph.uid(owner);
    Optional<Item> known = graph.find(uid);
    if (known.isEmpty()) {
      return gone.containsKey(uid) ? Standing.ABSENT : Standing.UNVERIFIED;
    }
    String namespace = known.get().key().namespace();
    if (!namespace.isEmpty() && !namespace.equals(child.key().namespace())) {
      InvalidOwner.tell(events, child, owner);
      return child.key().namespace().isEmpty() ? Standing.PRESENT : Standing.ABSENT;
    }
    return known.get().isDeletingDependents() ? Standing.DELETING_DEPENDENTS : Standing.PRESENT;
  }

  private void handOver(GarbageCase given, List<Revision> causes) throws InterruptedException {
    working.put(given.item().uid(), false);
    workers.acquire();
    Thread.ofVirtual()
        .name("garbage")
        .start(
            () -> {
              var absent = new ArrayList<Uid>();
              Outcome outcome = Outcome.FAILED;
              try {
                new Causes.Scope(causes, Causes.Scope.NONE.writes())
                    .run(() -> settle(given, causes, absent));
                outcome = Outcome.SETTLED;
              } catch (ApiException e) {
                LOG.debug("{} {} not yet: {}", given.item().type(), given.item().key(), e.status());
              } finally {
                workers.release();
                inbox.add(new Message.Worked(given.item().uid(), outcome, Set.copyOf(absent)));
              }
            });
  }

  private void settle(GarbageCase given, List<Revision> causes, List<Uid> absent) {
    GarbageCase verified =
        given.verified(
            owner -> {
              Standing standing = writer.lookUp(given.item(), owner);
              if (standing == Standing.ABSENT) {
                absent.add(OwnershipGraph.uid(owner));
              }
              return standing;
            });
    for (GarbageAction action : GarbagePlan.of(verified)) {
      writer.carryOut(action);
      context
          .environment()
          .log()
          .step(
              new InteractionLog.Step(
                  NAME,
                  action.item().type().kind().toLowerCase(Locale.ROOT),
                  action.item().key(),
                  Revision.NONE,
                  causes,
                  Duration.ZERO,
                  note(action)));
    }
  }

  private static String note(GarbageAction action) {
    return switch (action) {
      case GarbageAction.Delete _ -> "deleted: no owner left";
      case GarbageAction.DropOwners _ -> "owner references dropped";
      case GarbageAction.Unblock _ -> "no longer blocks its owners";
      case GarbageAction.RemoveFinalizer(Item _, String finalizer) ->
          "finalizer " + finalizer + " removed";
    };
  }
}
