package dev.drydock.kubelet.image;

import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The images that a node has, and getting those it has not. Names that contain `does-not-exist`
/// or `invalid`, or have the tag `404`, can't be pulled, so that a user can see what happens then.
public final class ImagePuller {
  private final ImageCatalog catalog;
  private final InstantSource clock;
  private final Timers timers;
  private final Duration pullTime;
  private final Map<String, Present> present = new ConcurrentHashMap<>();

  /// An image on the node.
  public record Present(ImageName name, Image image) {}

  /// How a pull ended.
  public sealed interface Outcome {
    /// @param took by the clock on the wall
    record Pulled(Image image, Duration took) implements Outcome {}

    /// @param message as the runtime words it
    record Failed(String message) implements Outcome {}
  }

  /// @param pullTime how long a pull takes before scaling
  public ImagePuller(ImageCatalog catalog, InstantSource clock, Timers timers, Duration pullTime) {
    this.catalog = catalog;
    this.clock = clock;
    this.timers = timers;
    this.pullTime = pullTime;
  }

  public boolean isPresent(ImageName name) {
    return present.containsKey(name.canonical());
  }

  public Image image(ImageName name) {
    return catalog.find(name);
  }

  /// What the node has, for its status.
  public Collection<Present> images() {
    return List.copyOf(present.values());
  }

  /// Pulls and then tells, on a timer's thread. An image that is there takes a tenth of the time.
  public void pull(ImageName name, Consumer<Outcome> then) {
    Instant began = clock.instant();
    Duration takes = isPresent(name) ? pullTime.dividedBy(10) : pullTime;
    timers.after(takes, () -> then.accept(finish(name, began)));
  }

  private Outcome finish(ImageName name, Instant began) {
    String reference = name.canonical();
    if (reference.contains("does-not-exist")
        || reference.contains("invalid")
        || name.tag().equals("404")) {
      return new Outcome.Failed(failure(name));
    }
    Image image = catalog.find(name);
    present.put(reference, new Present(name, image));
    return new Outcome.Pulled(image, Duration.between(began, clock.instant()));
  }

  private static String failure(ImageName name) {
    String reference = name.canonical();
    if (name.registry().equals("docker.io")) {
      return "failed to pull and unpack image \""
          + reference
          + "\": failed to resolve image: pull access denied, repository does not exist or may"
          + " require authorization: server message: insufficient_scope: authorization failed";
    }
    return "rpc error: code = NotFound desc = failed to pull and unpack image \""
        + reference
        + "\": failed to resolve image: "
        + reference
        + ": not found";
  }
}
