package dev.drydock.kubelet.files;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// The failures of file operations with their POSIX texts.
public final class FileErrors {
  private FileErrors() {}

  static FileSystemException notFound(String path) {
    return new FileSystemException(path, null, "No such file or directory");
  }

  static FileSystemException isDirectory(String path) {
    return new FileSystemException(path, null, "Is a directory");
  }

  static FileSystemException notDirectory(String path) {
    return new FileSystemException(path, null, "Not a directory");
  }

  static FileSystemException readOnly(String path) {
    return new FileSystemException(path, null, "Read-only file system");
  }

  static FileSystemException exists(String path) {
    return new FileSystemException(path, null, "File exists");
  }

  static FileSystemException busy(String path) {
    return new FileSystemException(path, null, "Resource busy");
  }

  /// The text that a command prints after the colon.
  public static String text(IOException failure) {
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return failure.getMessage() == null ? "Input/output error" : failure.getMessage();
  }
}
