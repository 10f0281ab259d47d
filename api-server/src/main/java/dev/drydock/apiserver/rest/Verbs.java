package dev.drydock.apiserver.rest;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.Verb;

/// HTTP method and path → verb.
final class Verbs {
  private Verbs() {}

  /// @throws ApiException `MethodNotAllowed`, or `NotFound` where the path fits no object
  static Verb of(RestRequest request, ResourcePath path, ResourceType type) {
    boolean named = !path.name().isEmpty();
    boolean inNamespace = !path.namespace().isEmpty();
    if (inNamespace && !type.isNamespaced()) {
      throw Dispatcher.noSuchResource();
    }
    if (named && type.isNamespaced() && !inNamespace) {
      throw Dispatcher.noSuchResource();
    }
    boolean complete = inNamespace || !type.isNamespaced();
    return switch (request.method()) {
      case "GET", "HEAD" -> {
        boolean watching = path.extent().watching();
        if (named && !watching) {
          yield Verb.GET;
        }
        yield watching || request.query().flag("watch") ? Verb.WATCH : Verb.LIST;
      }
      case "POST" -> {
        boolean connects = ResourceEndpoint.isConnect(path.resource(), path.subresource());
        require(complete && (!named || !path.subresource().isEmpty() || connects));
        yield Verb.CREATE;
      }
      case "PUT" -> {
        require(named);
        yield Verb.UPDATE;
      }
      case "PATCH" -> {
        require(named);
        yield Verb.PATCH;
      }
      case "DELETE" -> {
        require(complete);
        yield named ? Verb.DELETE : Verb.DELETECOLLECTION;
      }
      case "OPTIONS" -> {
        require(named && path.subresource().equals("proxy"));
        yield Verb.GET;
      }
      default -> throw methodNotAllowed();
    };
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw methodNotAllowed();
    }
  }

  static ApiException methodNotAllowed() {
    return ApiException.of(
        StatusReason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }
}
