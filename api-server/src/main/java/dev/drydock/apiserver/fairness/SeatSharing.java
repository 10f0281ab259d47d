package dev.drydock.apiserver.fairness;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many seats each level gets: its own by its shares, then, as demand comes and goes, what
/// others lend. Pure.
final class SeatSharing {
  private static final int ROUNDS = 60;

  private SeatSharing() {}

  /// A level's seats when nobody lends.
  ///
  /// @param least what is left when all that can be lent is lent
  /// @param most with all it may borrow
  record Bounds(int nominal, int least, int most) {}

  /// What a level wanted of late.
  ///
  /// @param high the most seats wanted at once in the last period
  /// @param smooth the same, forgotten slowly
  record Demand(Bounds bounds, double high, double smooth) {}

  static Bounds bounds(LevelSpec level, int total, int totalShares) {
    int nominal =
        totalShares == 0 ? 0 : (int) Math.ceil((double) total * level.shares() / totalShares);
    int lendable = (int) Math.round(nominal * level.lendablePercent() / 100.0);
    @Nullable Integer borrowing = level.borrowingLimitPercent();
    int most =
        borrowing == null
            ? Math.max(nominal, total)
            : nominal + (int) Math.round(nominal * borrowing / 100.0);
    return new Bounds(nominal, nominal - lendable, most);
  }

  /// The seats of each, in the same order. What a level lends is shared among those in need in
  /// proportion to their smoothed demand.
  static List<Integer> of(List<Demand> levels, int total) {
    double[] least = new double[levels.size()];
    double sum = 0;
    for (int i = 0; i < least.length; i++) {
      Bounds bounds = levels.get(i).bounds();
      least[i] = Math.max(bounds.least(), Math.min(bounds.nominal(), levels.get(i).high()));
      sum += least[i];
    }
    double all = Math.max(total, sum);
    double low = 0;
    double high = all + 1;
    for (int round = 0; round < ROUNDS; round++) {
      double middle = (low + high) / 2;
      double given = 0;
      for (int i = 0; i < least.length; i++) {
        given += seats(levels.get(i), least[i], middle);
      }
      if (given > all) {
        high = middle;
      } else {
        low = middle;
      }
    }
    List<Integer> shares = new ArrayList<>();
    for (int i = 0; i < least.length; i++) {
      shares.add((int) Math.max(1, Math.round(seats(levels.get(i), least[i], low))));
    }
    return shares;
  }

  private static double seats(Demand level, double least, double fraction) {
    double wanted = Math.max(1, Math.max(least, level.smooth())) * fraction;
    return Math.max(least, Math.min(wanted, level.bounds().most()));
  }
}
