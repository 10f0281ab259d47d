package dev.drydock.kubelet.files;

import java.time.Instant;

/// What `ls -l` shows of a file.
///
/// @param mode permission bits
public record FileInfo(Kind kind, long size, Instant modified, int mode) {

  /// There is nothing but files and directories.
  public enum Kind {
    FILE,
    DIRECTORY
  }

  /// The same file with other permissions.
  public FileInfo withMode(int other) {
    return new FileInfo(kind, size, modified, other);
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
