package dev.drydock.kubelet;

import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.kubelet.image.BuiltInImages;
import dev.drydock.kubelet.image.ImageCatalog;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.program.agnhost.Agnhost;
import dev.drydock.kubelet.program.command.Commands;
import dev.drydock.kubelet.program.server.PlainServer;
import dev.drydock.kubelet.program.server.Servers;
import dev.drydock.kubelet.program.shell.Shell;
import dev.drydock.kubelet.runtime.simulated.SimulatedRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Parts of the process that need more than a constructor call.
final class Wiring {
  private Wiring() {}

  /// Our families in order, then those that users brought along.
  static Programs programs() {
    List<Programs.Family> families =
        new ArrayList<>(
            List.of(new Commands(), new Shell.Family(), new Servers(), new Agnhost.Family()));
    ServiceLoader.load(Programs.Family.class).forEach(families::add);
    return new Programs(families);
  }

  static ImageCatalog catalog(Programs programs) {
    BuiltInImages images = new BuiltInImages(programs.names());
    List<ImageCatalog.Provider> providers = new ArrayList<>();
    ServiceLoader.load(ImageCatalog.Provider.class).forEach(providers::add);
    return new ImageCatalog(providers, images.entries(), images.other());
  }

  static SimulatedRuntime runtime(Programs programs, Surroundings outside) {
    return new SimulatedRuntime(
        programs, outside.clock(), outside.timers(), outside.random(), new PlainServer());
  }

  /// A random UUID (version 4).
  static String uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
