package dev.drydock.kubelet.program;

import java.io.InputStream;
import java.io.OutputStream;

/// Standard input, output and error of a process.
public record Streams(InputStream in, OutputStream out, OutputStream err) {

  public static final Streams NONE =
      new Streams(
          InputStream.nullInputStream(),
          OutputStream.nullOutputStream(),
          OutputStream.nullOutputStream());

  public Streams withIn(InputStream other) {
    return new Streams(other, out, err);
  }

  public Streams withOut(OutputStream other) {
    return new Streams(in, other, err);
  }

  public Streams withErr(OutputStream other) {
    return new Streams(in, out, other);
  }
}
