package dev.drydock.kubelet.image;

import dev.drydock.kubelet.files.Layer;
import java.util.List;
import java.util.Map;

/// What an image brings along.
///
/// @param entrypoint what runs; the pod's `command` replaces it
/// @param arguments what it gets; the pod's `args` (or `command`) replace them
/// @param ports TCP ports on which its program listens
/// @param size in bytes, as the node's status shows it
public record Image(
    List<String> entrypoint,
    List<String> arguments,
    Map<String, String> environment,
    List<Integer> ports,
    Layer files,
    long size,
    Unknown unknown) {

  public Image {
    entrypoint = List.copyOf(entrypoint);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    ports = List.copyOf(ports);
  }

  /// What happens to a command that we have no program for.
  public enum Unknown {
    /// The container does not start, as with an image that lacks the file.
    FAILS,
    /// A small server stands in for it.
    SERVES
  }

  public Image withArguments(String... more) {
    return new Image(entrypoint, List.of(more), environment, ports, files, size, unknown);
  }

  public Image withPorts(Integer... numbers) {
    return new Image(entrypoint, arguments, environment, List.of(numbers), files, size, unknown);
  }

  public Image withFiles(Map<String, String> more) {
    return new Image(entrypoint, arguments, environment, ports, files.with(more), size, unknown);
  }

  public Image withEnvironment(Map<String, String> more) {
    return new Image(entrypoint, arguments, more, ports, files, size, unknown);
  }
}
