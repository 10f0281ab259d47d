package dev.drydock.apiserver.filter;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.request.Notices;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.User;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One request on its way: what arrived, and what the filters have found out. Belongs to the
/// thread that serves it; only [#abort], [#isAborted] and [#warn] may be called from others.
public final class Call {
  private final Arrival arrival;
  private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Runnable> onAbort = new AtomicReference<>();
  private volatile boolean aborted;
  private User authenticated = User.ANONYMOUS;
  private User user = User.ANONYMOUS;
  private String constraint = "";
  private @Nullable Turn turn;
  private Notes notes = Notes.NONE;
  private String fieldSelector = "";
  private String labelSelector = "";
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
  /// @param uri path and query as they were sent; empty: it came without
  public record Client(String userAgent, String address, String auditId, String uri) {
    public Client(String userAgent, String address, String auditId) {
      this(userAgent, address, auditId, "");
    }

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

  /// Takes down what a request says and what becomes of it, for the audit log.
  public interface Notes {
    /// Nobody wants to know.
    Notes NONE =
        new Notes() {
          @Override
          public void request(JsonNode body) {}

          @Override
          public void response(Supplier<? extends JsonNode> body) {}

          @Override
          public void annotate(String key, String value) {}

          @Override
          public void begun() {}
        };

    /// What the client sent; copied if it is wanted.
    void request(JsonNode body);

    /// What it is answered; not asked for unless it is wanted, and not to be changed later.
    void response(Supplier<? extends JsonNode> body);

    /// The first value of a key counts.
    void annotate(String key, String value);

    /// The answer to a request that lasts has begun.
    void begun();
  }

  /// The right to be carried out now, among all that want to.
  public interface Turn {
    String flowSchemaUid();

    String priorityLevelUid();

    /// Lets the next one have it; may be called several times.
    void end();
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

  void actAs(User other, String by) {
    user = other;
    constraint = by;
  }

  /// The verb that allowed to act as somebody else; empty: none that constrains it.
  public String constraint() {
    return constraint;
  }

  public void hasTurn(Turn given) {
    turn = given;
  }

  /// Null: it needed none, or was refused before.
  public @Nullable Turn turn() {
    return turn;
  }

  /// The part of a collection that is asked for, as the client wrote it; empty: all.
  public String fieldSelector() {
    return fieldSelector;
  }

  public String labelSelector() {
    return labelSelector;
  }

  public Call selecting(String fields, String labels) {
    fieldSelector = fields;
    labelSelector = labels;
    return this;
  }

  public Notes notes() {
    return notes;
  }

  public void notes(Notes taker) {
    notes = taker;
  }

  /// For a request that lasts: its answer has begun, and others may have its turn.
  public void begun() {
    notes.begun();
    endTurn();
  }

  public void endTurn() {
    Turn given = turn;
    if (given != null) {
      given.end();
    }
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
        user, arrival.client().userAgent(), arrival.causes(), arrival.received(), notices());
  }

  private Notices notices() {
    return new Notices() {
      @Override
      public void accept(String warning) {
        warn(warning);
      }

      @Override
      public void annotate(String key, String value) {
        notes.annotate(key, value);
      }
    };
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
