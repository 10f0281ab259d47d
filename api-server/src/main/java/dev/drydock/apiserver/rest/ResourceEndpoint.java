package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.StatusJson;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.Bytes;
import java.util.List;
import java.util.Set;

/// The verbs on objects of the API: HTTP in, [ApiService] behind, HTTP out.
final class ResourceEndpoint {
  private static final Set<String> CONNECTS =
      Set.of("log", "exec", "attach", "portforward", "proxy");

  /// Kinds whose deletion answers with the object instead of a `Status`.
  private static final Set<String> DELETED_AS_OBJECT =
      Set.of(
          "pods",
          "podtemplates",
          "persistentvolumes",
          "persistentvolumeclaims",
          "resourcequotas",
          "serviceaccounts",
          "services");

  private final ApiService service;
  private final WatchEndpoint watches;
  private final Views views;
  private final ConnectEndpoint connects;
  private final Bodies bodies;

  ResourceEndpoint(
      ApiService service,
      WatchEndpoint watches,
      Views views,
      ConnectEndpoint connects,
      Bodies bodies) {
    this.service = service;
    this.watches = watches;
    this.views = views;
    this.connects = connects;
    this.bodies = bodies;
  }

  static boolean isConnect(Target target) {
    return isConnect(target.type().resource(), target.subresource());
  }

  static boolean isConnect(String resource, String subresource) {
    return CONNECTS.contains(subresource)
        && (resource.equals("pods") || resource.equals("services") || resource.equals("nodes"));
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, Verb verb, Target target) {
    if (isConnect(target)) {
      return connects.answer(pipeline, call, request, target);
    }
    return switch (verb) {
      case GET -> pipeline.run(call, () -> get(call, request, target), _ -> Outcome.read());
      case LIST -> pipeline.run(call, () -> list(call, request, target), _ -> Outcome.read());
      case WATCH -> watches.answer(pipeline, call, request, target);
      case CREATE -> {
        Written written = pipeline.run(call, () -> create(call, request, target), Outcome::written);
        yield actsOnly(target)
            ? views.status(request, Answer.json(201, StatusJson.success(201).array()))
            : object(request, target, written);
      }
      case UPDATE ->
          object(
              request,
              target,
              pipeline.run(call, () -> update(call, request, target), Outcome::written));
      case PATCH ->
          object(
              request,
              target,
              pipeline.run(call, () -> patch(call, request, target), Outcome::written));
      case DELETE, DELETECOLLECTION ->
          deleted(
              request,
              target,
              pipeline.run(call, () -> delete(call, request, target), Outcome::deleted));
    };
  }

  private static boolean actsOnly(Target target) {
    return target.subresource().equals("binding")
        || target.subresource().equals("eviction")
        || (target.type().resource().equals("bindings") && target.type().group().isEmpty());
  }

  private Answer get(Call call, RestRequest request, Target target) {
    Accepted accepted = negotiated(request, target);
    StoredObject object = service.get(call.context(), target, Options.read(request.query()));
    call.notes().response(object::tree);
    return views.object(request, accepted, target, object, 200);
  }

  private Answer list(Call call, RestRequest request, Target target) {
    Accepted accepted = negotiated(request, target);
    ObjectList list = service.list(call.context(), target, selection(call, request));
    return views.list(request, accepted, target, list);
  }

  /// A name in one of the deprecated watch paths is a field selector in disguise.
  static ReadOptions selection(Call call, RestRequest request) {
    ReadOptions options = Options.read(request.query());
    if (!(call.subject() instanceof Subject.Resource(_, _, String name)) || name.isEmpty()) {
      return options;
    }
    String wanted = "metadata.name=" + name;
    if (options.fieldSelector().isEmpty()) {
      return new ReadOptions(
          options.labelSelector(),
          wanted,
          options.resourceVersion(),
          options.resourceVersionMatch(),
          options.limit(),
          options.continueToken(),
          options.initialEvents(),
          options.bookmarks());
    }
    boolean same =
        FieldSelector.parse(options.fieldSelector()).terms().stream()
            .anyMatch(
                term ->
                    term.field().equals("metadata.name")
                        && term.comparison() == FieldSelector.Comparison.EQUAL
                        && term.value().equals(name));
    if (!same) {
      throw ApiException.badRequest("fieldSelector metadata.name doesn't match requested name");
    }
    return options;
  }

  private Written create(Call call, RestRequest request, Target target) {
    negotiated(request, target);
    var options = Options.write(request.query(), "CreateOptions");
    TreeCodec.Decoded body = bodies.object(request, target.type().kind());
    call.notes().request(body.tree());
    return noted(
        call,
        service.create(call.context(), target, body.tree(), options.withLapses(lapses(body))));
  }

  private Written update(Call call, RestRequest request, Target target) {
    negotiated(request, target);
    var options = Options.write(request.query(), "UpdateOptions");
    TreeCodec.Decoded body = bodies.object(request, target.type().kind());
    call.notes().request(body.tree());
    return noted(
        call,
        service.update(call.context(), target, body.tree(), options.withLapses(lapses(body))));
  }

  private Written patch(Call call, RestRequest request, Target target) {
    negotiated(request, target);
    Bodies.Patch patch = bodies.patch(request);
    var options = Options.write(request.query(), "PatchOptions").withLapses(patch.lapses());
    call.notes().request(patch.body().document());
    return noted(call, service.patch(call.context(), target, patch.body(), options));
  }

  private static List<String> lapses(TreeCodec.Decoded body) {
    return SchemaDecoding.duplicate(body.duplicates());
  }

  private static Written noted(Call call, Written written) {
    call.notes().response(() -> written.object().tree());
    return written;
  }

  private Deleted delete(Call call, RestRequest request, Target target) {
    var options = Options.delete(bodies.deleteOptions(request), request.query());
    ReadOptions selection =
        target.name().isEmpty() ? Options.read(request.query()) : ReadOptions.NONE;
    return service.delete(call.context(), target, options, selection);
  }

  private Answer object(RestRequest request, Target target, Written written) {
    int code = written.outcome() == Written.Outcome.CREATED ? 201 : 200;
    return views.object(request, accepted(request, target), target, written.object(), code);
  }

  private Answer deleted(RestRequest request, Target target, Deleted deleted) {
    return switch (deleted) {
      case Deleted.Pending(Written object) -> object(request, target, object);
      case Deleted.Gone(Written last) -> {
        boolean asObject =
            target.type().group().isEmpty() && DELETED_AS_OBJECT.contains(target.type().resource());
        yield asObject
            ? object(request, target, last)
            : views.status(request, Answer.json(200, success(target, last).array()));
      }
      case Deleted.Collection(ObjectList items, _) ->
          views.list(request, accepted(request, target), target, items);
    };
  }

  private static Bytes success(Target target, Written last) {
    return StatusJson.success(target.type(), last.object().name(), last.object().uid());
  }

  private Accepted negotiated(RestRequest request, Target target) {
    return views.negotiation().answer(request.header("Accept"), target.type().groupVersionKind());
  }

  /// The write is done: an answer in another form is better than none.
  private Accepted accepted(RestRequest request, Target target) {
    try {
      return negotiated(request, target);
    } catch (ApiException tooLate) {
      return Accepted.JSON;
    }
  }
}
