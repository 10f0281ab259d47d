package dev.drydock.kubelet.files;

/// A volume (or a part of one) at a place in a container.
///
/// @param path absolute, normal
/// @param subPath of the volume; empty: all of it
public record Mount(String path, Volume volume, String subPath, Access access, Medium medium) {

  /// What the volume is kept on.
  public enum Medium {
    DISK,
    MEMORY
  }

  /// What the container may do.
  public enum Access {
    READ_WRITE,
    READ_ONLY
  }

  public Mount {
    path = FileSystem.normal("/", path);
  }
}
