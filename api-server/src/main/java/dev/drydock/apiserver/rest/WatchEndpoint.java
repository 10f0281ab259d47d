package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.rest.upgrade.WebSockets;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Watches over HTTP.
final class WatchEndpoint {
  private static final long SHORTEST_SECONDS = 1800;
  private static final Duration LAST_BOOKMARK = Duration.ofSeconds(2);

  private final ApiService service;
  private final Views views;
  private final Timers timers;
  private final RandomGenerator random;
  private final Set<WatchBody> running = ConcurrentHashMap.newKeySet();

  WatchEndpoint(ApiService service, Views views, Timers timers, RandomGenerator random) {
    this.service = service;
    this.views = views;
    this.timers = timers;
    this.random = random;
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, Target target) {
    pipeline.begin(call);
    try {
      return started(pipeline, call, request, target);
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  private Answer started(Pipeline pipeline, Call call, RestRequest request, Target target) {
    Accepted accepted =
        views.negotiation().watch(request.header("Accept"), target.type().groupVersionKind());
    ReadOptions options = ResourceEndpoint.selection(call, request);
    Duration lifetime = lifetime(request.query());
    WatchFraming framing = views.framing(accepted);
    var body = new WatchBody(views.watchEncoder(request, accepted, target), framing);
    Subscription subscription;
    try {
      subscription = service.watch(call.context(), target, options, body.queue());
    } catch (ApiException failure) {
      if (!failure.isExpired()) {
        throw failure;
      }
      body.queue().ended(failure);
      subscription = () -> {};
    }
    call.begun();
    Subscription watching = subscription;
    running.add(body);
    var bookmark = timers.after(untilLastBookmark(lifetime), watching::wantProgress);
    var timeout = timers.after(lifetime, body::expire);
    body.onClose(
        () -> {
          running.remove(body);
          bookmark.cancel();
          timeout.cancel();
          watching.close();
          pipeline.end(call, Outcome.read());
        });
    if (framing instanceof WatchFraming.Lines && WebSockets.isWanted(request.headers())) {
      var socket =
          new StreamSocket(
              WebSockets.answer(request.headers(), ""), body, StreamSocket.Messages.LINES);
      return new Answer.Upgraded(socket, List.of());
    }
    return new Answer.Streaming(200, framing.contentType(), body, List.of());
  }

  /// As the real server: what the client asks for, else somewhere between 30 and 60 minutes.
  private Duration lifetime(Query query) {
    long asked = query.number("timeoutSeconds", 0);
    return Duration.ofSeconds(
        asked > 0 ? asked : SHORTEST_SECONDS + random.nextLong(SHORTEST_SECONDS));
  }

  /// Whoever watches anew begins there.
  private static Duration untilLastBookmark(Duration lifetime) {
    Duration half = lifetime.dividedBy(2);
    return half.compareTo(LAST_BOOKMARK) < 0 ? half : lifetime.minus(LAST_BOOKMARK);
  }

  int count() {
    return running.size();
  }

  /// Ends all watches; for shutting down.
  void endAll() {
    running.forEach(WatchBody::expire);
  }
}
