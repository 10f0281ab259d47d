package dev.drydock.lab.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Something that takes long, made on another thread beside the rest.
final class Beside {
  private final FutureTask<List<String>> work;

  private Beside(FutureTask<List<String>> work) {
    this.work = work;
  }

  /// What is to be made.
  @FunctionalInterface
  interface Making {
    /// @param made takes the names of the files
    void make(List<String> made) throws IOException, GeneralSecurityException;
  }

  static Beside begin(Making making) {
    var work =
        new FutureTask<List<String>>(
            () -> {
              var made = new ArrayList<String>();
              making.make(made);
              return made;
            });
    Thread.ofPlatform().daemon().name("pki").start(work);
    return new Beside(work);
  }

  /// Waits for it.
  ///
  /// @return the names of the files
  List<String> made() throws IOException, GeneralSecurityException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case GeneralSecurityException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while certificates were made", e);
    }
  }
}
