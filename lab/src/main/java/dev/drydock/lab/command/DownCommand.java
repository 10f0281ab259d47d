package dev.drydock.lab.command;

import dev.drydock.lab.compose.ComposeLab;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabException;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Stops a lab; its objects stay for the next start.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops every process of the lab. What is stored stays for the next up.")
final class DownCommand implements Callable<Integer> {
  @Mixin private final LabOptions options = new LabOptions();

  @Option(names = "--purge", description = "Also delete the lab's folder with all that is stored.")
  private boolean purge;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (options.isCompose()) {
      return downCompose();
    }
    Lab lab = options.lab();
    Topology topology = lab.home().requireTopology();
    long running =
        topology.components().stream().filter(each -> lab.find(each).isPresent()).count();
    lab.down(topology);
    if (purge) {
      delete(lab.home().root());
    }
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(
            running == 0
                ? "The lab was down." + (purge ? " Its folder is deleted." : "")
                : "Stopped "
                    + running
                    + " processes."
                    + (purge
                        ? " The lab's folder is deleted."
                        : " What is stored stays in " + lab.home().root() + "."));
    return 0;
  }

  private int downCompose() {
    ComposeLab lab = options.composeLab();
    if (purge) {
      lab.forget();
    } else {
      lab.down();
    }
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(
            purge
                ? "Stopped. What was stored is deleted."
                : "Stopped. What is stored stays in Docker's volumes.");
    return 0;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new LabException("can't delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
