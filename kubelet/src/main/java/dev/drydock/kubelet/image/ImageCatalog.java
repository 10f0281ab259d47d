package dev.drydock.kubelet.image;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Which image a name stands for: the first pattern that matches.
public final class ImageCatalog {
  private final List<Entry> entries;
  private final Image other;

  /// @param pattern of the repository's last part, or of registry and repository where it has a
  ///     slash
  public record Entry(Pattern pattern, Image image) {

    /// @param glob the name, where `*` stands for anything
    public static Entry of(String glob, Image image) {
      String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q");
      return new Entry(Pattern.compile(regex), image);
    }

    boolean matches(ImageName name) {
      return pattern.matcher(name.shortName()).matches()
          || pattern.matcher(name.registry() + "/" + name.repository()).matches();
    }
  }

  /// A user's own images; found with [java.util.ServiceLoader], before the built-in ones.
  public interface Provider {
    List<Entry> images();
  }

  /// @param other what a name stands for that no pattern matches
  public ImageCatalog(List<Provider> providers, List<Entry> builtIn, Image other) {
    List<Entry> all = new ArrayList<>();
    providers.forEach(provider -> all.addAll(provider.images()));
    all.addAll(builtIn);
    this.entries = List.copyOf(all);
    this.other = other;
  }

  public Image find(ImageName name) {
    for (Entry entry : entries) {
      if (entry.matches(name)) {
        return entry.image();
      }
    }
    return other;
  }
}
