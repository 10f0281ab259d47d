package dev.drydock.kubelet.files;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Read-only files that are asked for anew at each access: ConfigMap, Secret, token and downward
/// API volumes. So an update shows without anybody copying it.
public final class ProjectedVolume implements Volume {
  private final Source source;
  private final Instant made;

  /// Where the files come from.
  @FunctionalInterface
  public interface Source {
    /// By relative path. Called at each access: keep it cheap.
    Map<String, Content> files();
  }

  /// A file that is read only when somebody wants it.
  @FunctionalInterface
  public interface Content {
    byte[] read() throws IOException;

    /// Permission bits.
    default int mode() {
      return 0644;
    }

    /// The same content with other permissions.
    default Content withMode(int mode) {
      return new WithMode(this, mode);
    }
  }

  private record WithMode(Content content, int mode) implements Content {
    @Override
    public byte[] read() throws IOException {
      return content.read();
    }
  }

  public ProjectedVolume(Source source, Instant made) {
    this.source = source;
    this.made = made;
  }

  @Override
  public Optional<FileInfo> stat(String path) {
    Map<String, Content> files = source.files();
    Content content = files.get(path);
    if (content != null) {
      return Optional.of(new FileInfo(FileInfo.Kind.FILE, 0, made, content.mode()));
    }
    String prefix = path.isEmpty() ? "" : path + "/";
    return path.isEmpty() || files.keySet().stream().anyMatch(name -> name.startsWith(prefix))
        ? Optional.of(new FileInfo(FileInfo.Kind.DIRECTORY, 0, made, path.isEmpty() ? 0777 : 0755))
        : Optional.empty();
  }

  @Override
  public byte[] read(String path) throws IOException {
    Content content = source.files().get(path);
    if (content == null) {
      throw stat(path).isPresent() ? FileErrors.isDirectory(path) : FileErrors.notFound(path);
    }
    return content.read();
  }

  @Override
  public List<String> list(String path) throws IOException {
    FileInfo info = stat(path).orElseThrow(() -> FileErrors.notFound(path));
    if (!info.isDirectory()) {
      throw FileErrors.notDirectory(path);
    }
    String prefix = path.isEmpty() ? "" : path + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String file : source.files().keySet()) {
      if (file.startsWith(prefix)) {
        String rest = file.substring(prefix.length());
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public void write(String path, byte[] content, WriteMode mode) throws IOException {
    throw FileErrors.readOnly(path);
  }

  @Override
  public void makeDirectory(String path) throws IOException {
    throw FileErrors.readOnly(path);
  }

  @Override
  public void remove(String path) throws IOException {
    throw FileErrors.readOnly(path);
  }

  @Override
  public void setMode(String path, int mode) throws IOException {
    throw FileErrors.readOnly(path);
  }
}
