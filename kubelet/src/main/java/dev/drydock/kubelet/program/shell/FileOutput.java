package dev.drydock.kubelet.program.shell;

import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.Volume.WriteMode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Appends to a file; what is written can be read at once.
final class FileOutput extends OutputStream {
  private final FileSystem files;
  private final String path;

  /// Makes the file, or empties it when the mode says so.
  FileOutput(FileSystem files, String path, WriteMode mode) throws IOException {
    this.files = files;
    this.path = path;
    files.write(path, new byte[0], mode);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    files.write(path, Arrays.copyOfRange(bytes, from, from + length), WriteMode.APPEND);
  }
}
