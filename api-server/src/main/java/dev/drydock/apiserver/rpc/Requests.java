package dev.drydock.apiserver.rpc;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ServedTypes;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Makes a [Call] of a gRPC request.
final class Requests {
  private final ServedTypes types;
  private final InstantSource clock;
  private final Supplier<String> auditIds;

  Requests(ServedTypes types, InstantSource clock, Supplier<String> auditIds) {
    this.types = types;
    this.clock = clock;
    this.auditIds = auditIds;
  }

  /// @throws ApiException when there is no such type, or the target is incomplete
  Target target(dev.drydock.proto.Target target, Verb verb) {
    ResourceType type =
        types
            .find(target.getGroup(), target.getVersion(), target.getResource())
            .orElseThrow(
                () ->
                    ApiException.of(
                        StatusReason.NOT_FOUND,
                        "the server could not find the requested resource"));
    boolean collection =
        switch (verb) {
          case LIST, WATCH, DELETECOLLECTION -> true;
          case CREATE -> target.getSubresource().isEmpty();
          case GET, UPDATE, PATCH, DELETE -> false;
        };
    if (!collection && target.getName().isEmpty()) {
      throw ApiException.badRequest("the target needs a name");
    }
    boolean anyNamespace = verb == Verb.LIST || verb == Verb.WATCH;
    if (type.isNamespaced() && target.getNamespace().isEmpty() && !anyNamespace) {
      throw ApiException.badRequest("the target needs a namespace");
    }
    return new Target(
        type,
        type.isNamespaced() ? target.getNamespace() : "",
        collection ? "" : target.getName(),
        target.getSubresource());
  }

  Call call(Verb verb, Target target, ReadOptions selection) {
    CallInfo info = CallInfo.current();
    String name = target.name().isEmpty() ? selectedName(selection.fieldSelector()) : target.name();
    return new Call(
            new Call.Arrival(
                new Subject.Resource(verb, target, name),
                Credentials.of(info.certificate(), info.authorization(), info.headers()),
                Impersonation.of(info.headers()),
                new Call.Client(info.userAgent(), info.address(), auditIds.get()),
                info.causes(),
                clock.instant(),
                verb == Verb.WATCH ? Call.Lasting.LONG : Call.Lasting.SHORT))
        .selecting(selection.fieldSelector(), selection.labelSelector());
  }

  /// A call that is about a path: the other services of the port.
  Call call(String path) {
    return call(new Subject.Path("post", path), Call.Lasting.LONG);
  }

  /// A call that reads what stands at a path.
  Call reading(String path) {
    return call(new Subject.Path("get", path), Call.Lasting.SHORT);
  }

  private Call call(Subject.Path path, Call.Lasting lasting) {
    CallInfo info = CallInfo.current();
    return new Call(
        new Call.Arrival(
            path,
            Credentials.of(info.certificate(), info.authorization(), info.headers()),
            Impersonation.of(info.headers()),
            new Call.Client(info.userAgent(), info.address(), auditIds.get()),
            info.causes(),
            clock.instant(),
            lasting));
  }

  private static String selectedName(String fieldSelector) {
    String prefix = "metadata.name=";
    return fieldSelector.startsWith(prefix) && fieldSelector.indexOf(',') < 0
        ? fieldSelector.substring(prefix.length())
        : "";
  }
}
