package dev.drydock.apiserver.fairness;

import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Verb;
import java.util.concurrent.atomic.AtomicBoolean;

/// Gives each request its turn. What lasts (logs, exec) needs none; a watch needs one only until
/// it has begun.
public final class FairnessFilter implements Filter {
  private final FlowControl control;
  private final RequestWidth width;

  public FairnessFilter(FlowControl control, RequestWidth width) {
    this.control = control;
    this.width = width;
  }

  @Override
  public void before(Call call) {
    Subject subject = call.subject();
    boolean lasts = call.arrival().lasting() == Call.Lasting.LONG;
    if (lasts && !isWatch(subject)) {
      return;
    }
    Flow flow = control.table().flowOf(call.user(), subject);
    Level level = flow.level();
    call.hasTurn(new Refused(flow));
    Level.Seating seating =
        level.enter(flow, flow.spec().flowOf(call.user(), subject), width.of(subject));
    flow.dispatched().increment();
    call.hasTurn(new Turn(flow, seating));
  }

  @Override
  public void after(Call call, Outcome outcome) {
    call.endTurn();
  }

  private static boolean isWatch(Subject subject) {
    return subject instanceof Subject.Resource resource && resource.verb() == Verb.WATCH;
  }

  /// A request that found no seat still tells where it belongs.
  private record Refused(Flow flow) implements Call.Turn {
    @Override
    public String flowSchemaUid() {
      return flow.spec().uid();
    }

    @Override
    public String priorityLevelUid() {
      return flow.level().spec().uid();
    }

    @Override
    public void end() {
      // It never began.
    }
  }

  /// A request that sits.
  private static final class Turn implements Call.Turn {
    private final Flow flow;
    private final Level.Seating seating;
    private final AtomicBoolean ended = new AtomicBoolean();

    Turn(Flow flow, Level.Seating seating) {
      this.flow = flow;
      this.seating = seating;
    }

    @Override
    public String flowSchemaUid() {
      return flow.spec().uid();
    }

    @Override
    public String priorityLevelUid() {
      return flow.level().spec().uid();
    }

    @Override
    public void end() {
      if (!ended.getAndSet(true)) {
        flow.level().leave(seating);
      }
    }
  }
}
