package dev.drydock.kubelet.files;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writable files in memory, over an image's layer: a container's root, an `emptyDir`. Costs
/// nothing until something is written.
public final class MemoryVolume implements Volume {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final Layer layer;
  private final InstantSource clock;
  private final Instant made;

  @GuardedBy("this")
  private int rootMode = 0755;

  @GuardedBy("this")
  private @Nullable NavigableMap<String, Entry> own;

  @GuardedBy("this")
  private long bytes;

  /// @param content null: a directory, or (when gone) something of the layer that was removed
  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(FileInfo info, byte @Nullable [] content, boolean gone) {}

  public MemoryVolume(Layer layer, InstantSource clock) {
    this.layer = layer;
    this.clock = clock;
    this.made = clock.instant();
  }

  /// An empty volume that everybody may write to.
  public static MemoryVolume open(InstantSource clock) {
    MemoryVolume volume = new MemoryVolume(Layer.EMPTY, clock);
    synchronized (volume) {
      volume.rootMode = 0777;
    }
    return volume;
  }

  /// How many bytes were written and are still there.
  public synchronized long used() {
    return bytes;
  }

  @Override
  public synchronized Optional<FileInfo> stat(String path) {
    if (path.isEmpty()) {
      return Optional.of(new FileInfo(FileInfo.Kind.DIRECTORY, 4096, made, rootMode));
    }
    Entry entry = own == null ? null : own.get(path);
    if (entry != null) {
      return entry.gone() ? Optional.empty() : Optional.of(entry.info());
    }
    return layer.stat(path);
  }

  @Override
  public synchronized byte[] read(String path) throws IOException {
    FileInfo info = stat(path).orElseThrow(() -> FileErrors.notFound(path));
    if (info.isDirectory()) {
      throw FileErrors.isDirectory(path);
    }
    Entry entry = own == null ? null : own.get(path);
    byte[] content = entry == null ? layer.read(path).orElseThrow() : entry.content();
    return content == null ? new byte[0] : content.clone();
  }

  @Override
  public synchronized List<String> list(String path) throws IOException {
    FileInfo info = stat(path).orElseThrow(() -> FileErrors.notFound(path));
    if (!info.isDirectory()) {
      throw FileErrors.notDirectory(path);
    }
    String prefix = path.isEmpty() ? "" : path + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String below : layer.below(prefix)) {
      addChild(names, prefix, below);
    }
    if (own != null) {
      own.subMap(prefix, prefix + Character.MAX_VALUE)
          .forEach((below, _) -> addChild(names, prefix, below));
    }
    return List.copyOf(names);
  }

  private void addChild(Set<String> names, String prefix, String path) {
    String rest = path.substring(prefix.length());
    if (!rest.isEmpty() && rest.indexOf('/') < 0 && stat(path).isPresent()) {
      names.add(rest);
    }
  }

  @Override
  public synchronized void write(String path, byte[] content, WriteMode mode) throws IOException {
    requireDirectory(parent(path));
    Optional<FileInfo> present = stat(path);
    if (present.isPresent() && present.get().isDirectory()) {
      throw FileErrors.isDirectory(path);
    }
    byte[] all = content.clone();
    if (mode == WriteMode.APPEND && present.isPresent()) {
      byte[] before = read(path);
      all = Arrays.copyOf(before, before.length + content.length);
      System.arraycopy(content, 0, all, before.length, content.length);
    }
    bytes += content.length;
    if (bytes > MAX_BYTES) {
      bytes -= content.length;
      throw new java.nio.file.FileSystemException(path, null, "No space left on device");
    }
    int permissions = present.map(FileInfo::mode).orElse(0644);
    put(
        path,
        new Entry(
            new FileInfo(FileInfo.Kind.FILE, all.length, clock.instant(), permissions),
            all,
            false));
  }

  @Override
  public synchronized void makeDirectory(String path) throws IOException {
    Optional<FileInfo> present = stat(path);
    if (present.isPresent()) {
      if (!present.get().isDirectory()) {
        throw FileErrors.exists(path);
      }
      return;
    }
    requireDirectory(parent(path));
    put(
        path,
        new Entry(new FileInfo(FileInfo.Kind.DIRECTORY, 4096, clock.instant(), 0755), null, false));
  }

  @Override
  public synchronized void remove(String path) throws IOException {
    FileInfo info = stat(path).orElseThrow(() -> FileErrors.notFound(path));
    if (path.isEmpty()) {
      throw FileErrors.busy(path);
    }
    if (info.isDirectory()) {
      for (String name : list(path)) {
        remove(path + "/" + name);
      }
    }
    bytes = Math.max(0, bytes - info.size());
    if (layer.stat(path).isPresent()) {
      put(path, new Entry(info, null, true));
    } else if (own != null) {
      own.remove(path);
    }
  }

  @Override
  public synchronized void setMode(String path, int mode) throws IOException {
    FileInfo info = stat(path).orElseThrow(() -> FileErrors.notFound(path));
    if (path.isEmpty()) {
      rootMode = mode;
      return;
    }
    byte[] content = info.isDirectory() ? null : read(path);
    put(path, new Entry(info.withMode(mode), content, false));
  }

  @GuardedBy("this")
  private void put(String path, Entry entry) {
    NavigableMap<String, Entry> map = own == null ? new TreeMap<>() : own;
    map.put(path, entry);
    own = map;
  }

  @GuardedBy("this")
  private void requireDirectory(String path) throws IOException {
    FileInfo info = stat(path).orElseThrow(() -> FileErrors.notFound(path));
    if (!info.isDirectory()) {
      throw FileErrors.notDirectory(path);
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
