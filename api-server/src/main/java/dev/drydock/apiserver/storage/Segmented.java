package dev.drydock.apiserver.storage;

import java.util.List;
import java.util.function.Function;

/// A list that never changes, in parts that it shares with the states before and after it: a
/// change of one item makes one part new.
public interface Segmented<D> {

  List<Segment<D>> segments();

  /// Some neighbours.
  interface Segment<D> {

    List<D> items();

    /// What these items are as bytes; kept and shared as long as there is memory.
    ///
    /// @param encoder always the same one
    Bytes encoded(Function<List<D>, Bytes> encoder);
  }
}
