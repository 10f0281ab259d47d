package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Changes the status of quotas for many callers at once: those who come while a quota is being
/// written wait, and then all of them are written together.
final class QuotaAccounts {
  private static final int DESKS = 32;

  private final StatusBook statuses;
  private final List<Desk> desks = IntStream.range(0, DESKS).mapToObj(_ -> new Desk()).toList();

  QuotaAccounts(StatusBook statuses) {
    this.statuses = statuses;
  }

  private record Account(String namespace, String quota) {}

  /// Where the callers for some of the quotas queue up.
  private static final class Desk {
    private final Queue<Order> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
  }

  /// One caller; its state belongs to whoever holds the lock of the desk.
  private static final class Order {
    private final Account account;
    private final RequestContext context;
    private final Consumer<ObjectNode> change;
    private boolean done;
    private @Nullable RuntimeException failure;

    private Order(Account account, RequestContext context, Consumer<ObjectNode> change) {
      this.account = account;
      this.context = context;
      this.change = change;
    }
  }

  /// Changes one quota. The change may be called more than once, with the present state each time;
  /// when it throws it must not have changed anything.
  ///
  /// @throws ApiException not found, or what the change throws
  void change(RequestContext context, String namespace, String quota, Consumer<ObjectNode> change) {
    var account = new Account(namespace, quota);
    var order = new Order(account, context, change);
    Desk desk = desks.get(Math.floorMod(account.hashCode(), DESKS));
    desk.waiting.add(order);
    desk.lock.lock();
    try {
      if (!order.done) {
        serveAll(desk);
      }
    } finally {
      desk.lock.unlock();
    }
    RuntimeException failure = order.failure;
    if (failure != null) {
      throw failure;
    }
  }

  private void serveAll(Desk desk) {
    Map<Account, List<Order>> byAccount = new LinkedHashMap<>();
    for (Order order = desk.waiting.poll(); order != null; order = desk.waiting.poll()) {
      byAccount.computeIfAbsent(order.account, _ -> new ArrayList<>()).add(order);
    }
    byAccount.forEach(this::serve);
  }

  private void serve(Account account, List<Order> orders) {
    try {
      statuses.change(
          orders.getFirst().context,
          QuotaRule.QUOTAS,
          account.namespace(),
          account.quota(),
          present -> orders.forEach(order -> attempt(order, present)));
    } catch (RuntimeException failed) {
      orders.forEach(order -> order.failure = failed);
    }
    orders.forEach(order -> order.done = true);
  }

  private static void attempt(Order order, ObjectNode present) {
    try {
      order.failure = null;
      order.change.accept(present);
    } catch (ApiException refused) {
      order.failure = refused;
    }
  }
}
