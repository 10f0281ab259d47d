package dev.drydock.apiserver.registry.serviceaccount;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.TokenIssuer.BoundObject;
import dev.drydock.apiserver.access.TokenIssuer.IssuedToken;
import dev.drydock.apiserver.access.TokenIssuer.ServiceAccountRef;
import dev.drydock.apiserver.access.TokenIssuer.TokenOrder;
import dev.drydock.apiserver.registry.strategy.ObjectAccess;
import dev.drydock.apiserver.registry.strategy.Subresource.Act;
import dev.drydock.apiserver.registry.strategy.Subresource.ActionCall;
import dev.drydock.apiserver.registry.strategy.TreeObject;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `token`: a token of a service account, bound to an object if asked.
public final class TokenRequest implements Act {
  private static final ResourceType KIND =
      new ResourceType(
          "authentication.k8s.io", "v1", "tokenrequests", "TokenRequest", Scope.NAMESPACED);
  private static final long SHORTEST_SECONDS = 600;
  private static final long LONGEST_SECONDS = 1L << 32;
  private static final long USUAL_SECONDS = 3600;

  private final TokenIssuer issuer;

  public TokenRequest(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public Written perform(ActionCall call, ObjectAccess objects) {
    Target target = call.target();
    StoredObject account =
        objects
            .find(target.type(), target.namespace(), target.name(), new Freshness.Consistent())
            .orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
    ObjectNode body = call.body();
    ObjectNode spec = Trees.child(body, "spec");
    long seconds = Trees.number(spec, USUAL_SECONDS, "expirationSeconds");
    check(target.name(), seconds);
    List<String> audiences = Trees.texts(spec, "audiences");
    if (audiences.isEmpty()) {
      audiences = issuer.defaultAudiences();
    }
    var order =
        new TokenOrder(
            new ServiceAccountRef(target.namespace(), target.name(), account.uid()),
            audiences,
            Duration.ofSeconds(seconds),
            boundTo(call, objects, Trees.at(spec, "boundObjectRef")));
    IssuedToken issued = issuer.issue(order);
    spec.set("expirationSeconds", Trees.whole(seconds));
    ArrayNode list = spec.putArray("audiences");
    audiences.forEach(list::add);
    ObjectNode metadata = Trees.child(body, "metadata");
    metadata.put("name", target.name()).put("namespace", target.namespace());
    metadata.put("creationTimestamp", KubernetesTime.seconds(call.context().received()));
    body.putObject("status")
        .put("expirationTimestamp", KubernetesTime.seconds(issued.expires()))
        .put("token", issued.token());
    body.put("apiVersion", KIND.apiVersion()).put("kind", KIND.kind());
    return new Written(new TreeObject(body, Revision.NONE), Revision.NONE, Written.Outcome.CREATED);
  }

  private static void check(String name, long seconds) {
    if (seconds < SHORTEST_SECONDS) {
      throw ApiException.invalid(
          KIND,
          name,
          List.of(
              FieldError.invalid(
                  "spec.expirationSeconds",
                  seconds,
                  "may not specify a duration less than 10 minutes")));
    }
    if (seconds > LONGEST_SECONDS) {
      throw ApiException.invalid(
          KIND,
          name,
          List.of(
              FieldError.invalid(
                  "spec.expirationSeconds",
                  seconds,
                  "may not specify a duration larger than 2^32 seconds")));
    }
  }

  private static List<BoundObject> boundTo(
      ActionCall call, ObjectAccess objects, JsonNode reference) {
    if (reference.isMissingNode()) {
      return List.of();
    }
    String namespace = call.target().namespace();
    return switch (Trees.text(reference, "kind")) {
      case "Pod" -> {
        StoredObject pod = bound(objects, "pods", namespace, reference);
        if (!Trees.text(pod.tree(), "spec", "serviceAccountName").equals(call.target().name())) {
          throw ApiException.badRequest(
              "cannot bind token for serviceaccount \""
                  + call.target().name()
                  + "\" to pod running with different serviceaccount name.");
        }
        var both = new ArrayList<BoundObject>();
        both.add(new BoundObject(BoundObject.Kind.POD, pod.name(), pod.uid()));
        String node = Trees.text(pod.tree(), "spec", "nodeName");
        objects
            .find(BuiltInTypes.get().type("v1", "nodes"), "", node, new Freshness.Any())
            .ifPresent(
                found -> both.add(new BoundObject(BoundObject.Kind.NODE, node, found.uid())));
        yield both;
      }
      case "Secret" -> {
        StoredObject secret = bound(objects, "secrets", namespace, reference);
        yield List.of(new BoundObject(BoundObject.Kind.SECRET, secret.name(), secret.uid()));
      }
      case "Node" -> {
        StoredObject node = bound(objects, "nodes", "", reference);
        yield List.of(new BoundObject(BoundObject.Kind.NODE, node.name(), node.uid()));
      }
      default ->
          throw ApiException.badRequest(
              "cannot bind token to object of type "
                  + Trees.text(reference, "apiVersion")
                  + ", Kind="
                  + Trees.text(reference, "kind"));
    };
  }

  private static StoredObject bound(
      ObjectAccess objects, String resource, String namespace, JsonNode reference) {
    ResourceType type = BuiltInTypes.get().type("v1", resource);
    String name = Trees.text(reference, "name");
    StoredObject found =
        objects
            .find(type, namespace, name, new Freshness.Any())
            .or(() -> objects.find(type, namespace, name, new Freshness.Consistent()))
            .orElseThrow(() -> ApiException.notFound(type, name));
    String uid = found.uid();
    String wanted = Trees.text(reference, "uid");
    if (!wanted.isEmpty() && !wanted.equals(uid)) {
      throw ApiException.conflict(
          type,
          name,
          "the UID in the bound object reference ("
              + wanted
              + ") does not match the UID in record. The object might have been deleted and then"
              + " recreated");
    }
    return found;
  }
}
