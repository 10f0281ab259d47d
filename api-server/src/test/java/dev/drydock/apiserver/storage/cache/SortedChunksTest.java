package dev.drydock.apiserver.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.Segmented.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedChunksTest {

  @Test
  void itIsASortedMapWhateverHappensToIt() {
    var random = new SplittableRandom(7);
    var expected = new TreeMap<String, Integer>();
    SortedChunks<Integer> chunks = SortedChunks.empty();
    for (int i = 0; i < 20_000; i++) {
      String key = "/r/" + random.nextInt(4) + "/" + random.nextInt(2000);
      boolean shrinking = i / 5000 % 2 == 1;
      if (random.nextInt(10) < (shrinking ? 7 : 3)) {
        expected.remove(key);
        chunks = chunks.without(key);
      } else {
        expected.put(key, i);
        chunks = chunks.with(key, i);
      }
      if (i % 500 == 0) {
        compare(chunks, expected);
      }
    }
    compare(chunks, expected);
  }

  private static void compare(SortedChunks<Integer> chunks, Map<String, Integer> expected) {
    for (String prefix : List.of("/r/", "/r/0/", "/r/3/", "/r/9/", "/a")) {
      List<Integer> want =
          expected.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .map(Map.Entry::getValue)
              .toList();
      ChunkRange<Integer> range = chunks.below(prefix);
      assertThat(range).hasSameSizeAs(want);
      assertThat(new ArrayList<>(range)).isEqualTo(want);
      for (int i = 0; i < want.size(); i += 37) {
        assertThat(range.get(i)).isEqualTo(want.get(i));
      }
    }
    expected.forEach((key, value) -> assertThat(chunks.get(key)).isEqualTo(value));
    assertThat(chunks.get("/r/none")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/registry/pods/default/web, /registry/pods/",
    "/registry/pods/, /registry/pods/",
    "/registry/services/specs/default/web, /registry/services/specs/",
    "/registry/services/endpoints/, /registry/services/endpoints/",
    "/registry/example.com/widgets/ns/w, /registry/example.com/widgets/",
    "/registry/ranges/serviceips, /registry/ranges/",
    "/registry/minions/node-1, /registry/minions/",
    "/registry/namespaces/a.b, /registry/namespaces/",
  })
  void theFolderOfATypeIsFound(String path, String root) {
    assertThat(ResourceRoots.rootOf(path)).isEqualTo(root);
  }

  private static Bytes joined(List<Integer> items) {
    return Bytes.utf8(items.toString());
  }

  @ParameterizedTest
  @CsvSource({"/r/", "/r/1/", "/r/0/00", "/r/9/", "/r/1/0299"})
  void theSegmentsOfARangeAreItsItemsInOrder(String prefix) {
    SortedChunks<Integer> chunks = filled();
    ChunkRange<Integer> range = chunks.below(prefix);
    List<Integer> items = new ArrayList<>();
    for (Segment<Integer> segment : range.segments()) {
      assertThat(segment.encoded(SortedChunksTest::joined)).isEqualTo(joined(segment.items()));
      items.addAll(segment.items());
    }
    assertThat(items).isEqualTo(range);
  }

  @Test
  void aChangeMakesOneSegmentNew() {
    SortedChunks<Integer> before = filled();
    List<Bytes> encoded = encoded(before);
    List<Bytes> after = encoded(before.with("/r/1/0150", -1));
    assertThat(after).hasSameSizeAs(encoded);
    Set<Bytes> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(encoded);
    long shared = after.stream().filter(known::contains).count();
    assertThat(shared).isEqualTo(encoded.size() - 1L);
  }

  private static SortedChunks<Integer> filled() {
    SortedChunks<Integer> chunks = SortedChunks.empty();
    for (int i = 0; i < 900; i++) {
      chunks = chunks.with("/r/%d/%04d".formatted(i / 300, i % 300), i);
    }
    return chunks;
  }

  private static List<Bytes> encoded(SortedChunks<Integer> chunks) {
    return chunks.below("/r/").segments().stream()
        .map(s -> s.encoded(SortedChunksTest::joined))
        .toList();
  }
}
