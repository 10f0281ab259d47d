package dev.drydock.apiserver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.ledger.LedgerEntry.Actor;
import dev.drydock.apiserver.ledger.LedgerEntry.Change;
import dev.drydock.apiserver.ledger.LedgerEntry.Deed;
import dev.drydock.apiserver.ledger.LedgerEntry.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static LedgerEntry entry(String name) {
    return new LedgerEntry(
        Instant.EPOCH,
        new Actor("jane", "kubectl"),
        new Deed("create", "", "pods", "", "default", name, ""),
        Change.NONE,
        List.of(Revision.of(3)),
        new Ending(201, "", Duration.ZERO),
        "");
  }

  private static List<String> names(Ledger.Excerpt excerpt) {
    return excerpt.entries().stream().map(it -> it.entry().deed().name()).toList();
  }

  @Test
  void readsOnFromWhereItStopped() {
    var ledger = new Ledger(10, 1 << 20);
    ledger.append(entry("a"));
    ledger.append(entry("b"));
    ledger.append(entry("c"));
    Ledger.Excerpt first = ledger.read(0, 2);
    assertThat(names(first)).containsExactly("a", "b");
    assertThat(names(ledger.read(first.next(), 2))).containsExactly("c");
    assertThat(names(ledger.read(4, 2))).isEmpty();
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    var ledger = new Ledger(2, 1 << 20);
    for (String name : List.of("a", "b", "c")) {
      ledger.append(entry(name));
    }
    assertThat(names(ledger.read(1, 10))).containsExactly("b", "c");
    assertThat(ledger.read(1, 10).oldestKept()).isEqualTo(2);
  }

  @Test
  void theOldestGoWhenTheyAreTooLarge() {
    var ledger = new Ledger(100, 2L * entry("a").weight());
    for (String name : List.of("a", "b", "c", "d")) {
      ledger.append(entry(name));
    }
    assertThat(names(ledger.read(1, 10))).containsExactly("c", "d");
  }

  @Test
  void followersAreWokenUntilTheyLeave() {
    var ledger = new Ledger(10, 1 << 20);
    var woken = new AtomicInteger();
    try (Ledger.Following following = ledger.follow(woken::incrementAndGet)) {
      assertThat(following).isNotNull();
      ledger.append(entry("a"));
    }
    ledger.append(entry("b"));
    assertThat(woken).hasValue(1);
  }
}
