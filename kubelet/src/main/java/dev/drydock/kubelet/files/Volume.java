package dev.drydock.kubelet.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A tree of files that can be mounted. Paths are relative, without `.` and `..`; the empty one is
/// the root. Failures are [java.nio.file.FileSystemException]s whose reason is the text of the
/// POSIX error. Safe for many threads.
public interface Volume {

  Optional<FileInfo> stat(String path);

  byte[] read(String path) throws IOException;

  /// Names in a directory, sorted.
  List<String> list(String path) throws IOException;

  /// Makes the file when it is not there; its directory must be.
  void write(String path, byte[] content, WriteMode mode) throws IOException;

  /// Does nothing when it is there.
  void makeDirectory(String path) throws IOException;

  /// Removes a file, or a directory with all that is in it.
  void remove(String path) throws IOException;

  /// Changes the permission bits.
  void setMode(String path, int mode) throws IOException;

  /// What happens to the present content.
  enum WriteMode {
    REPLACE,
    APPEND
  }
}
