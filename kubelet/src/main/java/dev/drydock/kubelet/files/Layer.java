package dev.drydock.kubelet.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// An image's files: immutable and shared by all containers of the image.
public final class Layer {
  public static final Layer EMPTY = new Layer(new TreeMap<>(), Instant.EPOCH);

  private final NavigableMap<String, Entry> entries;
  private final Instant built;

  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(FileInfo info, byte[] content) {}

  private Layer(NavigableMap<String, Entry> entries, Instant built) {
    this.entries = Collections.unmodifiableNavigableMap(entries);
    this.built = built;
  }

  /// This layer and these text files; a path that ends in `/` is an empty directory. Directories
  /// on the way are made.
  ///
  /// @param files by absolute path
  public Layer with(Map<String, String> files) {
    TreeMap<String, Entry> all = new TreeMap<>(entries);
    files.forEach(
        (path, text) -> {
          String relative = path.substring(1);
          for (int slash = relative.indexOf('/');
              slash > 0;
              slash = relative.indexOf('/', slash + 1)) {
            all.putIfAbsent(relative.substring(0, slash), directory());
          }
          if (!relative.endsWith("/")) {
            byte[] content = text.getBytes(UTF_8);
            int mode = relative.startsWith("bin/") || relative.endsWith(".sh") ? 0755 : 0644;
            all.put(
                relative,
                new Entry(new FileInfo(FileInfo.Kind.FILE, content.length, built, mode), content));
          }
        });
    return new Layer(all, built);
  }

  private Entry directory() {
    return new Entry(new FileInfo(FileInfo.Kind.DIRECTORY, 4096, built, 0755), new byte[0]);
  }

  Optional<FileInfo> stat(String path) {
    return Optional.ofNullable(entries.get(path)).map(Entry::info);
  }

  Optional<byte[]> read(String path) {
    return Optional.ofNullable(entries.get(path)).map(Entry::content);
  }

  /// All paths below a directory.
  Iterable<String> below(String prefix) {
    return entries.subMap(prefix, true, prefix + Character.MAX_VALUE, true).keySet();
  }
}
