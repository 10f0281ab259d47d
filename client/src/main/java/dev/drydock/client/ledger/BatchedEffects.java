package dev.drydock.client.ledger;

import dev.drydock.client.lifecycle.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands effects over in batches, on a thread of its own: whatever came while the last batch was
/// on its way makes the next one. Drops what does not fit.
public final class BatchedEffects implements Effects, Component {
  private static final Logger LOG = LoggerFactory.getLogger(BatchedEffects.class);
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_IN_BATCH = 500;

  private final BlockingQueue<Effect> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Consumer<List<Effect>> sink;
  private final Thread thread = Thread.ofVirtual().name("effects").unstarted(this::run);

  /// @param sink takes a batch; what it throws loses that batch
  public BatchedEffects(Consumer<List<Effect>> sink) {
    this.sink = sink;
  }

  @Override
  public void report(Effect effect) {
    if (!waiting.offer(effect)) {
      LOG.debug("effect lost, too many wait: {}", effect);
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Effect> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_IN_BATCH - 1);
        send(batch);
        batch.clear();
      }
    } catch (InterruptedException _) {
      LOG.debug("effects end");
    }
  }

  private void send(List<Effect> batch) {
    try {
      sink.accept(List.copyOf(batch));
    } catch (RuntimeException failure) {
      LOG.debug("{} effects lost: {}", batch.size(), failure.getMessage());
    }
  }
}
