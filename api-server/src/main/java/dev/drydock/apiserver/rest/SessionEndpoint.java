package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.PodSessions;
import dev.drydock.apiserver.nodeproxy.PodSessions.Kind;
import dev.drydock.apiserver.nodeproxy.PodSessions.Stream;
import dev.drydock.apiserver.nodeproxy.PodSessions.Wish;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.rest.upgrade.Sessions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The sub-resources `pods/exec` and `pods/attach`.
final class SessionEndpoint {
  private final PodSessions sessions;
  private final ConnectGate gate;

  SessionEndpoint(PodSessions sessions, ConnectGate gate) {
    this.sessions = sessions;
    this.gate = gate;
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, Target target) {
    pipeline.begin(call);
    try {
      if (!request.method().equals("GET") && !request.method().equals("POST")) {
        throw Verbs.methodNotAllowed();
      }
      Wish wish = wish(request.query(), target);
      boolean exec = wish.kind() == Kind.EXEC;
      gate.pass(call, request, target, exec ? "PodExecOptions" : "PodAttachOptions", options(wish));
      PodSessions.Ready ready = sessions.prepare(call.context(), target, wish);
      if (exec && wish.command().isEmpty()) {
        throw ApiException.badRequest("you must specify at least 1 command for the container");
      }
      return new Answer.Upgraded(
          Sessions.takeover(
              request.headers(), wish, ready, () -> pipeline.end(call, Outcome.answered(101))),
          List.of());
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  private static Wish wish(Query query, Target target) {
    Set<Stream> streams = EnumSet.noneOf(Stream.class);
    for (Stream stream : Stream.values()) {
      if (query.flag(stream.name().toLowerCase(java.util.Locale.ROOT))) {
        streams.add(stream);
      }
    }
    boolean any =
        streams.contains(Stream.STDIN)
            || streams.contains(Stream.STDOUT)
            || streams.contains(Stream.STDERR);
    if (!any) {
      throw ApiException.badRequest("you must specify at least 1 of stdin, stdout, stderr");
    }
    Kind kind = target.subresource().equals("exec") ? Kind.EXEC : Kind.ATTACH;
    return new Wish(kind, query.get("container"), query.all("command"), streams);
  }

  private static ObjectNode options(Wish wish) {
    ObjectNode options = ConnectGate.options();
    for (Stream stream : wish.streams()) {
      options.put(stream.name().toLowerCase(java.util.Locale.ROOT), true);
    }
    if (!wish.container().isEmpty()) {
      options.put("container", wish.container());
    }
    if (!wish.command().isEmpty()) {
      var words = options.putArray("command");
      wish.command().forEach(words::add);
    }
    return options;
  }
}
