package dev.drydock.kubelet.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A part of another volume: a directory, or a single file.
///
/// @param base relative, normal; empty: all of it
public record Subtree(Volume whole, String base) implements Volume {

  private String at(String path) {
    if (base.isEmpty() || path.isEmpty()) {
      return base + path;
    }
    return base + "/" + path;
  }

  @Override
  public Optional<FileInfo> stat(String path) {
    return whole.stat(at(path));
  }

  @Override
  public byte[] read(String path) throws IOException {
    return whole.read(at(path));
  }

  @Override
  public List<String> list(String path) throws IOException {
    return whole.list(at(path));
  }

  @Override
  public void write(String path, byte[] content, WriteMode mode) throws IOException {
    whole.write(at(path), content, mode);
  }

  @Override
  public void makeDirectory(String path) throws IOException {
    whole.makeDirectory(at(path));
  }

  @Override
  public void remove(String path) throws IOException {
    whole.remove(at(path));
  }

  @Override
  public void setMode(String path, int mode) throws IOException {
    whole.setMode(at(path), mode);
  }
}
