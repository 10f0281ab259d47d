package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.LogOptions;
import dev.drydock.apiserver.nodeproxy.PodLogs;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.rest.upgrade.WebSockets;
import java.util.List;

/// The sub-resource `pods/log`.
final class LogEndpoint {
  private final PodLogs logs;

  LogEndpoint(PodLogs logs) {
    this.logs = logs;
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, Target target) {
    pipeline.begin(call);
    try {
      if (!request.method().equals("GET")) {
        throw Verbs.methodNotAllowed();
      }
      var body = new LogBody();
      PodLogs.Stream stream = logs.open(call.context(), target, options(request.query()), body);
      body.follow(stream, () -> pipeline.end(call, Outcome.read()));
      body.awaitBeginning();
      return WebSockets.isWanted(request.headers())
          ? new Answer.Upgraded(StreamSocket.ofBytes(request.headers(), body), List.of())
          : new Answer.Streaming(200, "text/plain", body, List.of());
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  private static LogOptions options(Query query) {
    if (query.has("sinceTime") && query.has("sinceSeconds")) {
      throw ApiException.of(
          StatusReason.INVALID,
          "PodLogOptions \"\" is invalid: : Forbidden: at most one of `sinceTime` or"
              + " `sinceSeconds` may be specified");
    }
    return new LogOptions(
        query.get("container"),
        query.flag("follow") ? LogOptions.Ending.FOLLOW : LogOptions.Ending.AT_PRESENT,
        query.flag("previous") ? LogOptions.Instance.PREVIOUS : LogOptions.Instance.CURRENT,
        query.flag("timestamps") ? LogOptions.Timestamps.SHOWN : LogOptions.Timestamps.NOT_SHOWN,
        new LogOptions.Window(
            positive(query, "tailLines", 0),
            positive(query, "limitBytes", 1),
            positive(query, "sinceSeconds", 1),
            query.get("sinceTime")));
  }

  private static @org.jspecify.annotations.Nullable Long positive(
      Query query, String name, long least) {
    if (!query.has(name)) {
      return null;
    }
    long value = query.number(name, least);
    if (value < least) {
      throw ApiException.of(
          StatusReason.INVALID,
          "PodLogOptions \"\" is invalid: "
              + name
              + ": Invalid value: "
              + value
              + ": must be greater than "
              + (least == 0 ? "or equal to 0" : "0"));
    }
    return value;
  }
}
