package dev.drydock.controllers.bench;

import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.control.Controller;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Runs controllers against the fake API until a wanted state is reached.
public final class Bench implements AutoCloseable {
  private static final int PATIENCE = 2000;
  private static final int CALM = 4;

  public final FakeClock clock = new FakeClock();
  public final FakeApi api = new FakeApi(clock);
  public final RecordedEvents events = new RecordedEvents();
  private final SharedInformers informers = new SharedInformers(api, clock, new Random(1));
  private final List<Component> running = new ArrayList<>();

  public final ControllerContext context =
      new ControllerContext(
          api,
          informers,
          new Controller.Environment(clock, clock, InteractionLog.SILENT),
          _ -> events);

  /// Starts a controller, and the informers it asked for.
  public Bench run(Function<ControllerContext, Component> controller) {
    Component component = controller.apply(context);
    if (running.isEmpty()) {
      informers.start();
    }
    component.start();
    try {
      informers.awaitSync();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    running.add(component);
    return this;
  }

  /// Moves time on in small steps until the condition holds.
  public void until(BooleanSupplier condition) throws InterruptedException {
    until(Duration.ofMillis(100), condition);
  }

  /// Moves time on in steps of this length until the condition holds.
  public void until(Duration step, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < PATIENCE; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      settle();
      if (condition.getAsBoolean()) {
        return;
      }
      clock.advance(step);
    }
    throw new AssertionError("the wanted state was not reached by " + clock.instant());
  }

  /// Lets the informers take in all there is, and gives the other threads turns until nothing has
  /// been written for a moment.
  public void settle() throws InterruptedException {
    var quiet = new CountDownLatch(1);
    for (int calm = 0; calm < CALM; ) {
      int before = api.writes().size();
      api.awaitTaken();
      Turns.afterAllThatAreReady();
      if (quiet.await(3, TimeUnit.MILLISECONDS)) {
        return;
      }
      calm = api.writes().size() == before ? calm + 1 : 0;
    }
  }

  /// Loses events, then breaks all watches, so that the informers list again.
  public void loseAndReplay() throws InterruptedException {
    api.expireWatches();
    for (int i = 0; i < 10; i++) {
      settle();
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Override
  public void close() {
    running.reversed().forEach(Component::close);
    informers.close();
    api.assertNothingMutated();
  }
}
