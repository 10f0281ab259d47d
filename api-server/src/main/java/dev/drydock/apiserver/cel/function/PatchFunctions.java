package dev.drydock.apiserver.cel.function;

/// `jsonpatch.escapeKey(…)`, for keys in the paths of patches.
final class PatchFunctions {
  private PatchFunctions() {}

  static Library library() {
    var library = new Library();
    library.global(
        "jsonpatch.escapeKey(string): string",
        Cost.TWICE_TEXT_OF_FIRST,
        a -> ((String) a[0]).replace("~", "~0").replace("/", "~1"));
    return library;
  }
}
