package dev.drydock.apiserver.rest.extension;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.aggregation.ApiServiceEntry;
import dev.drydock.apiserver.aggregation.ApiServices;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.rest.extension.RemoteCall.Question;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import dev.drydock.client.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The whole API for components: what other servers serve is asked of them, in the caller's name;
/// the rest is answered here. Revisions of other servers are their own.
public final class RemoteObjects implements ApiService {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final ApiService here;
  private final BiFunction<String, String, Optional<ApiServiceEntry>> servers;
  private final ExtensionTunnels tunnels;
  private final Timers timers;

  /// @param services which group versions other servers serve
  public RemoteObjects(
      ApiService here, ApiServices services, ExtensionTunnels tunnels, Timers timers) {
    this(here, services::remote, tunnels, timers);
  }

  RemoteObjects(
      ApiService here,
      BiFunction<String, String, Optional<ApiServiceEntry>> servers,
      ExtensionTunnels tunnels,
      Timers timers) {
    this.here = here;
    this.servers = servers;
    this.tunnels = tunnels;
    this.timers = timers;
  }

  private Optional<ApiServiceEntry> server(Target target) {
    return servers.apply(target.type().group(), target.type().version());
  }

  private RemoteCall open(RequestContext context, ApiServiceEntry server) {
    ApiServiceEntry.Backend backend = server.backend();
    if (backend == null || !server.isAvailable()) {
      throw ApiException.of(StatusReason.SERVICE_UNAVAILABLE, "service unavailable");
    }
    try {
      return new RemoteCall(backend, context, tunnels.open(backend));
    } catch (IOException failure) {
      throw unreachable(failure);
    }
  }

  private static ApiException unreachable(IOException failure) {
    return ApiException.of(
        StatusReason.SERVICE_UNAVAILABLE, "error trying to reach service: " + failure.getMessage());
  }

  private ObjectNode ask(RequestContext context, ApiServiceEntry server, Question question) {
    RemoteCall call = open(context, server);
    Timers.Cancellable end = timers.after(PATIENCE, call::abort);
    try (call) {
      return call.answer(question);
    } catch (IOException failure) {
      throw unreachable(failure);
    } finally {
      end.cancel();
    }
  }

  static StoredObject object(ObjectNode tree) {
    return new RemoteObject(tree, revision(tree));
  }

  /// Servers may write what they like; what is no number counts as unknown.
  static Revision revision(JsonNode tree) {
    String text = tree.path("metadata").path("resourceVersion").asString("");
    return text.matches("[0-9]{1,18}") ? Revision.of(Long.parseLong(text)) : Revision.NONE;
  }

  @Override
  public StoredObject get(RequestContext context, Target target, ReadOptions options) {
    Optional<ApiServiceEntry> server = server(target);
    return server.isEmpty()
        ? here.get(context, target, options)
        : object(
            ask(
                context,
                server.get(),
                Question.get(RemotePath.of(target).with(options).toString())));
  }

  @Override
  public ObjectList list(RequestContext context, Target target, ReadOptions options) {
    Optional<ApiServiceEntry> server = server(target);
    return server.isEmpty()
        ? here.list(context, target, options)
        : list(target, ask(context, server.get(), list(target, options)));
  }

  private static Question list(Target target, ReadOptions options) {
    return Question.get(RemotePath.of(target).with(options).toString());
  }

  /// Items of a list say neither version nor kind, as in Kubernetes.
  private static ObjectList list(Target target, ObjectNode list) {
    List<StoredObject> items = new ArrayList<>();
    for (JsonNode each : list.path("items")) {
      if (each instanceof ObjectNode item) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("apiVersion", target.type().apiVersion()).put("kind", target.type().kind());
        whole.setAll(item);
        items.add(object(whole));
      }
    }
    JsonNode metadata = list.path("metadata");
    return new ObjectList(
        items,
        revision(list),
        metadata.path("continue").asString(""),
        metadata.path("remainingItemCount").asLong(0));
  }

  @Override
  public Subscription watch(
      RequestContext context, Target target, ReadOptions options, WatchObserver observer) {
    Optional<ApiServiceEntry> server = server(target);
    if (server.isEmpty()) {
      return here.watch(context, target, options, observer);
    }
    RemoteCall call = open(context, server.get());
    var watch = new RemoteWatch(call, observer, options.bookmarks());
    Thread.ofVirtual()
        .name("remote-watch")
        .start(() -> follow(context, target, options, server.get(), watch, observer));
    return watch;
  }

  /// Not every server can begin a watch with what there is, so it is listed first.
  private void follow(
      RequestContext context,
      Target target,
      ReadOptions options,
      ApiServiceEntry server,
      RemoteWatch watch,
      WatchObserver observer) {
    String from = options.resourceVersion();
    var present = new RemoteWatch.Beginning(List.of(), Revision.NONE, false);
    if (options.initialEvents() == ReadOptions.InitialEvents.SEND) {
      ObjectNode list;
      try {
        list = ask(context, server, list(target, selectionOf(options)));
      } catch (ApiException failure) {
        watch.close();
        observer.ended(failure);
        return;
      }
      from = list.path("metadata").path("resourceVersion").asString("");
      present = new RemoteWatch.Beginning(list(target, list).items(), revision(list), true);
    }
    RemotePath path =
        RemotePath.of(target)
            .with("watch", "true")
            .with("labelSelector", options.labelSelector())
            .with("fieldSelector", options.fieldSelector())
            .with("resourceVersion", from)
            .with("allowWatchBookmarks", "true");
    watch.run(Question.get(path.toString()), present);
  }

  private static ReadOptions selectionOf(ReadOptions options) {
    return new ReadOptions(
        options.labelSelector(),
        options.fieldSelector(),
        "",
        "",
        0,
        "",
        ReadOptions.InitialEvents.UNSET,
        ReadOptions.Bookmarks.NOT_WANTED);
  }

  @Override
  public Written create(
      RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    Optional<ApiServiceEntry> server = server(target);
    return server.isEmpty()
        ? here.create(context, target, body, options)
        : written(
            Written.Outcome.CREATED,
            ask(context, server.get(), write("POST", target, options, JSON, body)));
  }

  @Override
  public Written update(
      RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    Optional<ApiServiceEntry> server = server(target);
    return server.isEmpty()
        ? here.update(context, target, body, options)
        : written(
            Written.Outcome.CHANGED,
            ask(context, server.get(), write("PUT", target, options, JSON, body)));
  }

  @Override
  public Written patch(
      RequestContext context, Target target, PatchBody patch, WriteOptions options) {
    Optional<ApiServiceEntry> server = server(target);
    if (server.isEmpty()) {
      return here.patch(context, target, patch, options);
    }
    RemotePath path = RemotePath.of(target).with(options);
    String type =
        switch (patch) {
          case PatchBody.Json _ -> "application/json-patch+json";
          case PatchBody.Merge _ -> "application/merge-patch+json";
          case PatchBody.StrategicMerge _ -> "application/strategic-merge-patch+json";
          case PatchBody.Apply(_, PatchBody.Conflicts conflicts) -> {
            path.with("force", conflicts == PatchBody.Conflicts.FORCE ? "true" : "");
            yield "application/apply-patch+yaml";
          }
        };
    byte[] body = TreeCodec.write(patch.document());
    return written(
        Written.Outcome.CHANGED,
        ask(context, server.get(), new Question("PATCH", path.toString(), type, body)));
  }

  private static Question write(
      String method, Target target, WriteOptions options, String type, JsonNode body) {
    return new Question(
        method, RemotePath.of(target).with(options).toString(), type, TreeCodec.write(body));
  }

  private static Written written(Written.Outcome outcome, ObjectNode answer) {
    return new Written(object(answer), Revision.NONE, outcome);
  }

  @Override
  public Deleted delete(
      RequestContext context, Target target, DeleteOptions options, ReadOptions selection) {
    Optional<ApiServiceEntry> server = server(target);
    if (server.isEmpty()) {
      return here.delete(context, target, options, selection);
    }
    RemotePath path = RemotePath.of(target).with(selection).with(options.persistence());
    var question = new Question("DELETE", path.toString(), JSON, TreeCodec.write(body(options)));
    ObjectNode answer = ask(context, server.get(), question);
    if (target.name().isEmpty()) {
      return new Deleted.Collection(list(target, answer), List.of());
    }
    boolean pending = !answer.path("metadata").path("deletionTimestamp").isMissingNode();
    return pending
        ? new Deleted.Pending(written(Written.Outcome.CHANGED, answer))
        : new Deleted.Gone(written(Written.Outcome.REMOVED, answer));
  }

  private static ObjectNode body(DeleteOptions options) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("kind", "DeleteOptions").put("apiVersion", "v1");
    Long grace = options.gracePeriodSeconds();
    if (grace != null) {
      body.put("gracePeriodSeconds", grace);
    }
    if (!options.propagation().isEmpty()) {
      body.put("propagationPolicy", options.propagation());
    }
    if (!options.uid().isEmpty() || !options.resourceVersion().isEmpty()) {
      ObjectNode preconditions = body.putObject("preconditions");
      if (!options.uid().isEmpty()) {
        preconditions.put("uid", options.uid());
      }
      if (!options.resourceVersion().isEmpty()) {
        preconditions.put("resourceVersion", options.resourceVersion());
      }
    }
    return body;
  }
}
