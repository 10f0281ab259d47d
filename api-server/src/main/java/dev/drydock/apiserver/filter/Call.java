package dev.drydock.apiserver.filter;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.User;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One request on its way: what arrived, and what the filters have found out. Belongs to the
/// thread that serves it; only [#abort], [#isAborted] and [#warn] may be called from others.
public final class Call {
  private final Arrival arrival;
  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Runnable> onAbort = new AtomicReference<>();
  private volatile boolean aborted;
  private User authenticated = User.ANONYMOUS;
  private User user = User.ANONYMOUS;
  private int passed;

  public Call(Arrival arrival) {
    this.arrival = arrival;
  }

  /// What is known when a request arrives.
  public record Arrival(
      Subject subject,
      Credentials credentials,
      Impersonation impersonation,
      Client client,
      List<Revision> causes,
      Instant received,
      Lasting lasting) {}

  /// Where it came from.
  ///
  /// @param auditId names the request in logs
  public record Client(String userAgent, String address, String auditId) {

    /// What the client says it is: `kubectl`, `kubelet/node-1`.
    public String component() {
      int end = userAgent.indexOf(' ');
      String first = end < 0 ? userAgent : userAgent.substring(0, end);
      int slash = first.indexOf('/');
      boolean hasVersion =
          slash > 0
              && slash + 1 < first.length()
              && (first.charAt(slash + 1) == 'v' || Character.isDigit(first.charAt(slash + 1)));
      return hasVersion ? first.substring(0, slash) : first;
    }
  }

  /// Whether the request is expected to end soon.
  public enum Lasting {
    SHORT,
    LONG
  }

  public Arrival arrival() {
    return arrival;
  }

  public Subject subject() {
    return arrival.subject();
  }

  /// Whom the credentials prove.
  public User authenticated() {
    return authenticated;
  }

  /// Whom it is done as.
  public User user() {
    return user;
  }

  void authenticatedAs(User proven) {
    authenticated = proven;
    user = proven;
  }

  void actAs(User other) {
    user = other;
  }

  public void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// What the service behind the filters sees.
  public RequestContext context() {
    return new RequestContext(
        user, arrival.client().userAgent(), arrival.causes(), arrival.received(), this::warn);
  }

  /// What to do when the request takes too long; at most once.
  public void onAbort(Runnable action) {
    onAbort.set(action);
    if (aborted) {
      runOnAbort();
    }
  }

  /// Gives the request up; its thread then finds [#isAborted].
  public void abort() {
    aborted = true;
    runOnAbort();
  }

  private void runOnAbort() {
    Runnable action = onAbort.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }

  public boolean isAborted() {
    return aborted;
  }

  int passed() {
    return passed;
  }

  void passedOne() {
    passed++;
  }
}
