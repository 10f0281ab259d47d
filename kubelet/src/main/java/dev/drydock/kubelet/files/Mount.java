package dev.drydock.kubelet.files;

/// A volume (or a part of one) at a place in a container.
///
/// @param path absolute, normal
/// @param subPath of the volume; empty: all of it
public record Mount(String path, Volume volume, String subPath, Access access) {

  /// What the container may do.
  public enum Access {
    READ_WRITE,
    READ_ONLY
  }

  public Mount {
    path = FileSystem.normal("/", path);
  }
}
