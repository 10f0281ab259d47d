package dev.drydock.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchProcessTest {
  /// Where `/proc/PID/stat` tells the class, counted from what follows the program's name.
  private static final int POLICY = 38;

  private static final String SCHED_BATCH = "3";

  @Test
  void isInTheClassForBatchWork() throws Exception {
    assumeThat(Installation.onPath("chrt")).isPresent();
    String stat = outputOf("cat", "/proc/self/stat");
    assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[POLICY]).isEqualTo(SCHED_BATCH);
  }

  @Test
  void handsArgumentsOnAsTheyAre() throws Exception {
    assertThat(outputOf("printf", "%s|", "a b", "", "$HOME", "it's")).isEqualTo("a b||$HOME|it's|");
  }

  @Test
  void runsAllTheSameWhereThereIsNoWayIntoTheClass() throws Exception {
    var builder = new ProcessBuilder(BatchProcess.command(List.of("/bin/echo", "here")));
    builder.environment().put("PATH", "/nowhere");
    assertThat(outputOf(builder)).isEqualTo("here\n");
  }

  private static String outputOf(String... command) throws IOException, InterruptedException {
    return outputOf(new ProcessBuilder(BatchProcess.command(List.of(command))));
  }

  private static String outputOf(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
