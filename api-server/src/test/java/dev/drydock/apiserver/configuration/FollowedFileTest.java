package dev.drydock.apiserver.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.testkit.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
  private final FakeClock clock = new FakeClock();
  @TempDir private Path directory;

  @Test
  void aChangeCountsSoonUnlessItIsNonsense() throws IOException {
    Path file = Files.writeString(directory.resolve("number"), "1");
    var changes = new AtomicInteger();
    try (var followed = new FollowedFile<>(file, Integer::valueOf, clock)) {
      followed.onChange(changes::incrementAndGet);
      followed.start();
      assertThat(followed.get()).isEqualTo(1);
      Files.writeString(file, "2");
      clock.advance(Duration.ofSeconds(5));
      assertThat(followed.get()).isEqualTo(2);
      Files.writeString(file, "two");
      clock.advance(Duration.ofSeconds(5));
      assertThat(followed.get()).isEqualTo(2);
      Files.delete(file);
      clock.advance(Duration.ofSeconds(5));
      Files.writeString(file, "3");
      clock.advance(Duration.ofSeconds(5));
      assertThat(followed.get()).isEqualTo(3);
      assertThat(changes).hasValue(2);
    }
    assertThatThrownBy(() -> new FollowedFile<>(directory.resolve("none"), Integer::valueOf, clock))
        .hasMessageContaining("cannot read");
  }
}
