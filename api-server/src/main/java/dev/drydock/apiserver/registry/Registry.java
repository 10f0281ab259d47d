package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.access.rbac.EscalationCheck;
import dev.drydock.apiserver.admission.Admission;
import dev.drydock.apiserver.admission.AdmissionMeans;
import dev.drydock.apiserver.admission.EndpointDialer;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.componentstatus.ComponentStatuses;
import dev.drydock.apiserver.registry.customresource.Converters;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.service.ServiceClaims;
import dev.drydock.apiserver.registry.serviceaccount.TokenRequest;
import dev.drydock.apiserver.registry.strategy.Claims;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Subresource.ActionCall;
import dev.drydock.apiserver.registry.strategy.TreeObject;
import dev.drydock.apiserver.registry.strategy.VersionConversion;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ConnectReview;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import dev.drydock.apiserver.webhook.WebhookClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The API itself: finds out what a request is about and hands it to the part that knows how.
public final class Registry implements ApiService, ConnectReview {
  private final Resources resources;
  private final InstantSource clock;
  private final Map<ResourceType, Claims> claims;
  private final Map<ResourceType, Review> reviews;
  private final ComponentStatuses components;
  private final AllocationRepair repair;
  private final Subresource tokens;
  private final StoredAccess access;
  private final Converters converters;
  private final WritePath path;
  private final Reading reading;
  private final Watching watching;
  private final Creating creating;
  private final Updating updating;
  private final Patching patching;
  private final Deleting deleting;
  private final Scaling scaling;

  private Registry(RegistrySettings settings) {
    this.resources = settings.resources();
    Sources sources = settings.sources();
    this.clock = sources.clock();
    RegistrySettings.Authority authority = settings.authority();
    var objects =
        new Objects(settings.store(), settings.reader(), settings.cluster().eventLifetime());
    this.access =
        new StoredAccess(
            objects, sources.timers(), this::stored, resources::types, this::deleteOne);
    var webhooks =
        new WebhookClient(
            new EndpointDialer(access, sources.random(), settings.pods()), sources.clock());
    this.converters = new Converters(webhooks, () -> sources.uids().get().toString());
    this.path =
        new WritePath(
            sources,
            Admission.standard(
                new AdmissionMeans(
                    access,
                    access,
                    sources.random(),
                    sources.clock(),
                    sources.timers(),
                    authority.authorizer(),
                    new EscalationCheck(authority.rbac(), authority.authorizer()),
                    new CelEnvironment(),
                    webhooks,
                    this::makeNamespace,
                    settings.cluster().admission().configurations()),
                settings.cluster().admission()));
    var bodies = new Bodies();
    this.reading = new Reading(objects);
    this.watching = new Watching(objects, resources::isServed);
    this.creating = new Creating(objects, bodies, path);
    var rights = new CreateRights(authority.authorizer());
    this.updating = new Updating(objects, bodies, path, rights);
    this.patching = new Patching(objects, bodies, path, rights);
    this.deleting =
        new Deleting(objects, path, sources.clock(), settings.cluster().deleteWorkers());
    this.scaling = new Scaling(objects, path);
    this.components = new ComponentStatuses(settings.cluster().probe());
    this.tokens = new Subresource.Action(new TokenRequest(authority.issuer()));
    this.reviews = Reviews.all(authority);
    var allocators = Allocators.of(settings, objects);
    this.claims =
        Map.of(
            BuiltInTypes.get().type("v1", "services"),
            new ServiceClaims(allocators.addresses(), allocators.ports()));
    this.repair =
        new AllocationRepair(
            objects, resources, allocators.addresses(), allocators.ports(), sources.clock());
  }

  private void makeNamespace(String name) {
    ResourceType type = BuiltInTypes.get().type("v1", "namespaces");
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    var context =
        new RequestContext(
            User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED)),
            "kube-apiserver",
            List.of(),
            clock.instant(),
            _ -> {});
    try {
      create(
          context,
          new Target(type, "", "", ""),
          namespace,
          new WriteOptions(
              WriteOptions.Persistence.STORED,
              "kube-apiserver",
              WriteOptions.FieldValidation.IGNORE));
    } catch (ApiException present) {
      if (!present.isAlreadyExists()) {
        throw present;
      }
    }
  }

  /// Makes what is written of addresses and ports agree with the stored Services. To be called at
  /// start, and then every few minutes.
  public synchronized void repairAllocations() {
    repair.run();
  }

  /// Makes the registry; nothing runs until it is used.
  public static Registry create(RegistrySettings settings) {
    return new Registry(settings);
  }

  /// Serves these custom resources from now on, and no others; watches on what is gone end.
  public void serve(List<CustomResource> custom) {
    watching.end(resources.replace(custom));
  }

  /// How the versions of what a CustomResourceDefinition defines become each other.
  public VersionConversion conversion(ObjectNode definition) {
    return converters.of(definition);
  }

  /// The schema of a type; empty when it is not stored.
  public Optional<Schema> schema(ResourceType type) {
    return resources.find(type, Claims.NONE).map(as -> as.bodies().schema());
  }

  @Override
  public StoredObject get(RequestContext context, Target target, ReadOptions options) {
    if (isComponents(target)) {
      context.warnings().accept(Strategies.deprecation(target.type()));
      return components
          .find(target.name())
          .orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
    }
    StoredResource as = stored(context, target.type());
    StoredObject object = reading.get(as, target, options);
    if (!target.hasSubresource()) {
      return object;
    }
    return switch (subresource(as, target)) {
      case Subresource.Facet _ -> object;
      case Subresource.Scale scale -> scaling.read(object, scale);
      case Subresource.Action _, Subresource.Elsewhere _ -> throw notAllowed();
    };
  }

  @Override
  public ObjectList list(RequestContext context, Target target, ReadOptions options) {
    if (isComponents(target)) {
      context.warnings().accept(Strategies.deprecation(target.type()));
      return new ObjectList(components.list(), Revision.NONE, "", 0);
    }
    return reading.list(stored(context, target.type()), target, options);
  }

  @Override
  public Subscription watch(
      RequestContext context, Target target, ReadOptions options, WatchObserver observer) {
    return watching.watch(stored(context, target.type()), target, options, observer);
  }

  @Override
  public Written create(
      RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    Review review = reviews.get(target.type());
    if (review != null) {
      Bodies.judgeLapses(context, options, body);
      return answered(review, context, target, body);
    }
    Optional<Target> elsewhere = Detours.of(target, body);
    if (elsewhere.isPresent()) {
      return create(context, elsewhere.get(), body, options);
    }
    var request = new Request(stored(context, target.type()), context, target, options);
    if (!target.hasSubresource()) {
      return creating.create(request, body);
    }
    return switch (subresource(request.as(), target)) {
      case Subresource.Action action -> {
        Bodies.judgeLapses(context, options, body);
        path.admitAction(request, body);
        yield action.act().perform(new ActionCall(context, target, body, options), access);
      }
      case Subresource.Facet _, Subresource.Scale _, Subresource.Elsewhere _ -> throw notAllowed();
    };
  }

  private static Written answered(
      Review review, RequestContext context, Target target, ObjectNode body) {
    Bodies.checkKind(target.type().groupVersionKind(), body);
    review.answer(context, target, body);
    return new Written(new TreeObject(body, Revision.NONE), Revision.NONE, Written.Outcome.CREATED);
  }

  @Override
  public Written update(
      RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    var request = new Request(stored(context, target.type()), context, target, options);
    if (!target.hasSubresource()) {
      return updating.update(request, body, null);
    }
    return switch (subresource(request.as(), target)) {
      case Subresource.Facet facet -> updating.update(request, body, facet);
      case Subresource.Scale scale -> scaling.update(request, body, scale);
      case Subresource.Action _, Subresource.Elsewhere _ -> throw notAllowed();
    };
  }

  @Override
  public Written patch(
      RequestContext context, Target target, PatchBody patch, WriteOptions options) {
    var request = new Request(stored(context, target.type()), context, target, options);
    if (!target.hasSubresource()) {
      return patching.patch(request, patch, null);
    }
    return switch (subresource(request.as(), target)) {
      case Subresource.Facet facet -> patching.patch(request, patch, facet);
      case Subresource.Scale scale -> scaling.patch(request, patch, scale);
      case Subresource.Action _, Subresource.Elsewhere _ -> throw notAllowed();
    };
  }

  @Override
  public Deleted delete(
      RequestContext context, Target target, DeleteOptions options, ReadOptions selection) {
    var write = new WriteOptions(options.persistence(), "", WriteOptions.FieldValidation.IGNORE);
    var request = new Request(stored(context, target.type()), context, target, write);
    if (target.hasSubresource()) {
      throw notAllowed();
    }
    return target.name().isEmpty()
        ? deleting.deleteAll(request, options, reading.list(request.as(), target, selection))
        : deleting.delete(request, options);
  }

  @Override
  public void admit(RequestContext context, Target target, ObjectNode options) {
    path.admitConnection(context, target, options);
  }

  private Deleted deleteOne(Request request, DeleteOptions options) {
    return deleting.delete(request, options);
  }

  private StoredResource stored(RequestContext context, ResourceType type) {
    StoredResource found = stored(type);
    String deprecation = found.resource().deprecation();
    if (!deprecation.isEmpty()) {
      context.warnings().accept(deprecation);
    }
    return found;
  }

  private StoredResource stored(ResourceType type) {
    return resources
        .find(type, claims.getOrDefault(type, Claims.NONE))
        .orElseThrow(
            () ->
                ApiException.of(
                    StatusReason.NOT_FOUND, "the server could not find the requested resource"));
  }

  private Subresource subresource(StoredResource as, Target target) {
    if (target.subresource().equals("token")
        && target.type().qualifiedResource().equals("serviceaccounts")) {
      return tokens;
    }
    @Nullable Subresource found = as.resource().subresources().get(target.subresource());
    if (found == null) {
      throw ApiException.of(
          StatusReason.NOT_FOUND, "the server could not find the requested resource");
    }
    return found;
  }

  private static boolean isComponents(Target target) {
    return target.type().resource().equals("componentstatuses") && target.type().group().isEmpty();
  }

  private static ApiException notAllowed() {
    return ApiException.of(
        StatusReason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }
}
