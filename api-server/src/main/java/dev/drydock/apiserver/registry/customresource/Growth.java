package dev.drydock.apiserver.registry.customresource;

/// Whether a resource takes new objects: until its definition is to go. What else is done with its
/// objects goes on undisturbed.
final class Growth {
  private volatile boolean ended;

  boolean isEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }
}
