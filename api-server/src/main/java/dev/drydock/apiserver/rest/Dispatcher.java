package dev.drydock.apiserver.rest;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.aggregation.ApiServiceEntry;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.ServedTypes;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Takes a request to whoever answers it, through the filters. Every failure becomes a `Status`.
final class Dispatcher {
  private final ServedTypes types;
  private final Pipeline pipeline;
  private final ResourceEndpoint resources;
  private final List<Page> pages;
  private final Views views;
  private final Supplier<String> auditIds;
  private final Extensions extensions;

  /// What other servers serve.
  record Extensions(
      Function<String, Optional<ApiServiceEntry>> serving, ExtensionEndpoint endpoint) {}

  /// What answers where no object does.
  ///
  /// @param views the form of failures
  record Beside(List<Page> pages, Views views) {}

  Dispatcher(
      ServedTypes types,
      Extensions extensions,
      Pipeline pipeline,
      ResourceEndpoint resources,
      Beside beside,
      Supplier<String> auditIds) {
    this.types = types;
    this.extensions = extensions;
    this.pipeline = pipeline;
    this.resources = resources;
    this.pages = List.copyOf(beside.pages());
    this.views = beside.views();
    this.auditIds = auditIds;
  }

  Answer answer(RestRequest request) {
    Optional<ApiServiceEntry> other = extensions.serving().apply(request.path());
    Optional<ResourcePath> path = ResourcePath.parse(request.path());
    if (other.isPresent()) {
      return elsewhere(request, path, other.get());
    }
    Optional<ResourceType> type =
        path.flatMap(it -> types.find(it.group(), it.version(), it.resource()));
    if (path.isPresent() && type.isPresent()) {
      return aboutObjects(request, path.get(), type.get());
    }
    String verb = request.method().toLowerCase(Locale.ROOT);
    Call call =
        call(
            request,
            new Subject.Path(verb, request.path()),
            Call.Lasting.SHORT,
            Impersonation.of(new SentHeaders(request.headers())));
    return guarded(
        request,
        call,
        () -> pipeline.run(call, () -> page(request), a -> Outcome.answered(a.code())));
  }

  private Answer aboutObjects(RestRequest request, ResourcePath path, ResourceType type) {
    Verb verb;
    try {
      verb = Verbs.of(request, path, type);
    } catch (ApiException refused) {
      return views.failure(request, refused.status());
    }
    var target = new Target(type, path.namespace(), nameOf(verb, path), path.subresource());
    String selected = path.name().isEmpty() ? selectedName(request) : path.name();
    boolean lasting = verb == Verb.WATCH || ResourceEndpoint.isConnect(target);
    Call call =
        call(
            request,
            new Subject.Resource(verb, target, selected),
            lasting ? Call.Lasting.LONG : Call.Lasting.SHORT,
            Impersonation.of(new SentHeaders(request.headers())));
    if (path.name().isEmpty() && verb != Verb.CREATE) {
      call.selecting(request.query().get("fieldSelector"), request.query().get("labelSelector"));
    }
    return guarded(request, call, () -> resources.answer(pipeline, call, request, verb, target));
  }

  /// What another server serves. Which types it has is its business.
  private Answer elsewhere(
      RestRequest request, Optional<ResourcePath> path, ApiServiceEntry server) {
    Subject subject = new Subject.Path(request.method().toLowerCase(Locale.ROOT), request.path());
    boolean lasting = request.headers().containsValue("Connection", "upgrade", true);
    if (path.isPresent()) {
      ResourcePath parts = path.get();
      Scope scope = parts.namespace().isEmpty() ? Scope.CLUSTER : Scope.NAMESPACED;
      var type =
          new ResourceType(
              parts.group(), parts.version(), parts.resource(), parts.resource(), scope);
      Verb verb;
      try {
        verb = Verbs.of(request, parts, type);
      } catch (ApiException refused) {
        return views.failure(request, refused.status());
      }
      var target = new Target(type, parts.namespace(), parts.name(), parts.subresource());
      subject = new Subject.Resource(verb, target, parts.name());
      lasting |= verb == Verb.WATCH;
    }
    Call call =
        call(
            request,
            subject,
            lasting ? Call.Lasting.LONG : Call.Lasting.SHORT,
            Impersonation.of(new SentHeaders(request.headers())));
    if (path.isPresent() && path.get().name().isEmpty()) {
      call.selecting(request.query().get("fieldSelector"), request.query().get("labelSelector"));
    }
    return guarded(
        request, call, () -> extensions.endpoint().answer(pipeline, call, request, server));
  }

  private static String nameOf(Verb verb, ResourcePath path) {
    return verb == Verb.WATCH || verb == Verb.LIST ? "" : path.name();
  }

  /// `fieldSelector=metadata.name=x` on a collection is authorised like the object itself.
  private static String selectedName(RestRequest request) {
    String selector = request.query().get("fieldSelector");
    String prefix = "metadata.name=";
    if (!selector.startsWith(prefix)) {
      return "";
    }
    String value = selector.substring(prefix.length());
    value = value.startsWith("=") ? value.substring(1) : value;
    return value.indexOf(',') < 0 ? value : value.substring(0, value.indexOf(','));
  }

  private Answer page(RestRequest request) {
    for (Page page : pages) {
      Optional<Answer> answer = page.answer(request);
      if (answer.isPresent()) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads ? answer.get() : views.failure(request, Verbs.methodNotAllowed().status());
      }
    }
    boolean aboutTypes = request.path().startsWith("/api/") || request.path().startsWith("/apis/");
    return aboutTypes
        ? views.failure(request, noSuchResource().status())
        : Answer.text(StatusReason.NOT_FOUND.code(), "404 page not found\n");
  }

  static ApiException noSuchResource() {
    return ApiException.of(
        StatusReason.NOT_FOUND, "the server could not find the requested resource");
  }

  private Answer guarded(RestRequest request, Call call, Supplier<Answer> work) {
    Answer answer;
    if (call.arrival().lasting() == Call.Lasting.SHORT) {
      call.onAbort(Thread.currentThread()::interrupt);
    }
    try {
      answer = work.get();
    } catch (ApiException failure) {
      answer = views.failure(request, failure.status());
    }
    List<Answer.Header> headers = new ArrayList<>();
    headers.add(new Answer.Header("Audit-Id", call.arrival().client().auditId()));
    if (!answer.has("Cache-Control")) {
      headers.add(new Answer.Header("Cache-Control", "no-cache, private"));
    }
    Call.Turn turn = call.turn();
    if (turn != null) {
      headers.add(new Answer.Header("X-Kubernetes-PF-FlowSchema-UID", turn.flowSchemaUid()));
      headers.add(new Answer.Header("X-Kubernetes-PF-PriorityLevel-UID", turn.priorityLevelUid()));
    }
    for (String warning : call.warnings()) {
      headers.add(new Answer.Header("Warning", "299 - " + quoted(warning)));
    }
    return answer.with(headers);
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c < ' ' || c > '~' ? ' ' : c);
      }
    }
    return out.append('"').toString();
  }

  private Call call(
      RestRequest request, Subject subject, Call.Lasting lasting, Impersonation impersonation) {
    String given = request.header("Audit-ID");
    String auditId = given.isEmpty() ? auditIds.get() : given;
    return new Call(
        new Call.Arrival(
            subject,
            Credentials.of(
                request.peer().certificate(),
                request.header("Authorization"),
                new SentHeaders(request.headers())),
            impersonation,
            new Call.Client(
                request.header("User-Agent"), request.peer().address(), auditId, request.uri()),
            causes(request.header("Drydock-Cause")),
            request.received(),
            lasting));
  }

  /// Numbers that can't be read are left out: a cause is a hint, never a reason to fail.
  static List<Revision> causes(String header) {
    if (header.isEmpty()) {
      return List.of();
    }
    List<Revision> causes = new ArrayList<>();
    for (String part : header.split(",")) {
      String digits = part.trim();
      if (!digits.isEmpty()
          && digits.length() < 19
          && digits.chars().allMatch(Character::isDigit)) {
        causes.add(Revision.of(Long.parseLong(digits)));
      }
    }
    return causes;
  }
}
