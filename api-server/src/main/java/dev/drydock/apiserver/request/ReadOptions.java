package dev.drydock.apiserver.request;

/// Options of get, list and watch, as the client sent them (their syntax is checked by
/// [ApiService]). Empty strings mean "not given".
///
/// @param resourceVersionMatch empty, `Exact` or `NotOlderThan`
/// @param limit 0: no limit
public record ReadOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    String resourceVersionMatch,
    long limit,
    String continueToken,
    InitialEvents initialEvents,
    Bookmarks bookmarks) {

  /// The parameter `sendInitialEvents` of a watch, which may be absent.
  public enum InitialEvents {
    UNSET,
    SEND,
    SKIP
  }

  /// Whether a watcher wants to be told of progress.
  public enum Bookmarks {
    WANTED,
    NOT_WANTED
  }

  public static final ReadOptions NONE =
      new ReadOptions("", "", "", "", 0, "", InitialEvents.UNSET, Bookmarks.NOT_WANTED);
}
