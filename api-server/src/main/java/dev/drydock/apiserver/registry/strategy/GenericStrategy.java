package dev.drydock.apiserver.registry.strategy;

/// A strategy that has traits and nothing else.
public record GenericStrategy(Traits traits) implements ResourceStrategy {

  /// For kinds whose changes are counted.
  public static final GenericStrategy COUNTING = new GenericStrategy(Traits.USUAL.counting());

  public static GenericStrategy selectableBy(String... fields) {
    return new GenericStrategy(Traits.USUAL.selectableBy(fields));
  }
}
