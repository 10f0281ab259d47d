package dev.drydock.apiserver.registry;

import dev.drydock.client.time.Timers;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Where time, chance and identity come from.
///
/// @param random safe for all threads
public record Sources(
    InstantSource clock, Timers timers, RandomGenerator random, Supplier<UUID> uids) {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final int LONGEST_BASE = 63 - SUFFIX_LENGTH;

  /// A name that begins as asked and ends in five characters that form no words.
  String nameLike(String prefix) {
    var name =
        new StringBuilder(
            prefix.length() > LONGEST_BASE ? prefix.substring(0, LONGEST_BASE) : prefix);
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
