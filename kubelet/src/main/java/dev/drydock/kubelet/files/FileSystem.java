package dev.drydock.kubelet.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What the programs of one container see: a root and what is mounted over it. Paths are absolute
/// and normal (see [#normal]). Safe for many threads.
public final class FileSystem {
  private final Volume root;
  private final Mount.Access rootAccess;
  private final List<Mount> mounts;

  private record Place(Volume volume, String path, Mount.Access access) {}

  public FileSystem(Volume root, List<Mount> mounts) {
    this(root, Mount.Access.READ_WRITE, mounts);
  }

  /// @param rootAccess what may be done outside the mounts
  public FileSystem(Volume root, Mount.Access rootAccess, List<Mount> mounts) {
    this.root = root;
    this.rootAccess = rootAccess;
    this.mounts =
        mounts.stream()
            .sorted(Comparator.comparingInt((Mount mount) -> mount.path().length()).reversed())
            .toList();
  }

  /// The absolute path without `.`, `..` and doubled slashes.
  public static String normal(String directory, String path) {
    ArrayDeque<String> parts = new ArrayDeque<>();
    String whole = path.startsWith("/") ? path : directory + "/" + path;
    for (String part : whole.split("/", -1)) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  public Optional<FileInfo> stat(String path) {
    Place place = place(path);
    Optional<FileInfo> found = place.volume().stat(place.path());
    if (found.isEmpty() && leadsToMount(path)) {
      return root.stat("");
    }
    return found;
  }

  public byte[] read(String path) throws IOException {
    Place place = place(path);
    return place.volume().read(place.path());
  }

  public String readText(String path) throws IOException {
    return new String(read(path), UTF_8);
  }

  /// Names in a directory, sorted.
  public List<String> list(String path) throws IOException {
    Place place = place(path);
    TreeSet<String> names = new TreeSet<>();
    if (place.volume().stat(place.path()).isPresent() || !leadsToMount(path)) {
      names.addAll(place.volume().list(place.path()));
    }
    String prefix = path.equals("/") ? "/" : path + "/";
    for (Mount mount : mounts) {
      if (mount.path().startsWith(prefix)) {
        String rest = mount.path().substring(prefix.length());
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return List.copyOf(names);
  }

  public void write(String path, byte[] content, Volume.WriteMode mode) throws IOException {
    Place place = writable(path);
    place.volume().write(place.path(), content, mode);
  }

  /// Makes the directory; those above it must be there.
  public void makeDirectory(String path) throws IOException {
    Place place = writable(path);
    place.volume().makeDirectory(place.path());
  }

  /// Makes the directory and those above it.
  public void makeDirectories(String path) throws IOException {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String above = path.substring(0, slash);
      if (stat(above).isEmpty()) {
        makeDirectory(above);
      }
    }
    if (stat(path).isEmpty()) {
      makeDirectory(path);
    }
  }

  /// Changes the permission bits.
  public void setMode(String path, int mode) throws IOException {
    Place place = writable(path);
    place.volume().setMode(place.path(), mode);
  }

  /// What keeps the files at a path.
  public Mount.Medium medium(String path) {
    for (Mount mount : mounts) {
      if (path.equals(mount.path()) || path.startsWith(mount.path() + "/")) {
        return mount.medium();
      }
    }
    return Mount.Medium.DISK;
  }

  public void remove(String path) throws IOException {
    if (leadsToMount(path) || mounts.stream().anyMatch(mount -> mount.path().equals(path))) {
      throw FileErrors.busy(path);
    }
    Place place = writable(path);
    place.volume().remove(place.path());
  }

  public List<Mount> mounts() {
    return mounts;
  }

  private boolean leadsToMount(String path) {
    String prefix = path.equals("/") ? "/" : path + "/";
    return mounts.stream().anyMatch(mount -> mount.path().startsWith(prefix));
  }

  private Place writable(String path) throws IOException {
    Place place = place(path);
    if (place.access() == Mount.Access.READ_ONLY) {
      throw FileErrors.readOnly(path);
    }
    return place;
  }

  private Place place(String path) {
    for (Mount mount : mounts) {
      if (path.equals(mount.path())) {
        return new Place(mount.volume(), mount.subPath(), mount.access());
      }
      if (path.startsWith(mount.path().equals("/") ? "/" : mount.path() + "/")) {
        String rest = path.substring(mount.path().length() + 1);
        String inside = mount.subPath().isEmpty() ? rest : mount.subPath() + "/" + rest;
        return new Place(mount.volume(), inside, mount.access());
      }
    }
    return new Place(root, path.substring(1), rootAccess);
  }
}
