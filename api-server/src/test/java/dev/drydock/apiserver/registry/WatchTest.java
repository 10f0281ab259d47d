package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ReadOptions.Bookmarks;
import dev.drydock.apiserver.request.ReadOptions.InitialEvents;
import dev.drydock.apiserver.request.WatchObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void objectsEnterAndLeaveASelection() throws Exception {
    Revision start =
        api.create("configmaps", "default", "{metadata: {name: first}}").object().revision();
    var seen = new Seen();
    api.registry.watch(
        api.context,
        target("configmaps", "default", ""),
        new ReadOptions(
            "app=x", "", start.toString(), "", 0, "", InitialEvents.UNSET, Bookmarks.NOT_WANTED),
        seen);
    api.create("configmaps", "default", "{metadata: {name: c}}");
    api.merge("configmaps", "default", "c", "{metadata: {labels: {app: x}}}");
    api.merge("configmaps", "default", "c", "{data: {a: b}}");
    api.merge("configmaps", "default", "c", "{metadata: {labels: {app: y}}}");
    api.merge("configmaps", "default", "c", "{metadata: {labels: {app: x}}}");
    Revision end =
        api.delete("configmaps", "default", "c")
                instanceof dev.drydock.apiserver.request.Deleted.Gone gone
            ? gone.last().object().revision()
            : Revision.NONE;

    assertThat(seen.take(5))
        .containsExactly("ADDED c", "MODIFIED c", "DELETED c", "ADDED c", "DELETED c");
    assertThat(seen.lastRevision).isEqualTo(end);
  }

  @Test
  void aStreamingListIsClosedByABookmark() throws Exception {
    api.create("configmaps", "default", "{metadata: {name: a}}");
    var seen = new Seen();
    api.registry.watch(
        api.context,
        target("configmaps", "", ""),
        new ReadOptions("", "", "", "NotOlderThan", 0, "", InitialEvents.SEND, Bookmarks.WANTED),
        seen);

    assertThat(seen.take(2)).containsExactly("ADDED a", "BOOKMARK true");
  }

  @Test
  void aWatchBeginsAfterARevision() throws Exception {
    api.create("configmaps", "default", "{metadata: {name: a}}");
    Revision after =
        api.create("configmaps", "default", "{metadata: {name: b}}").object().revision();
    api.create("configmaps", "default", "{metadata: {name: c}}");
    var seen = new Seen();
    api.registry.watch(
        api.context,
        target("configmaps", "default", ""),
        new ReadOptions(
            "", "", after.toString(), "", 0, "", InitialEvents.UNSET, Bookmarks.NOT_WANTED),
        seen);

    assertThat(seen.take(1)).containsExactly("ADDED c");
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(
            () ->
                api.list(
                    "configmaps",
                    "default",
                    new ReadOptions(
                        "", "", "abc", "", 0, "", InitialEvents.UNSET, Bookmarks.NOT_WANTED)))
        .hasMessageStartingWith("invalid resource version: ");
    assertThatThrownBy(
            () ->
                api.list(
                    "pods",
                    "default",
                    new ReadOptions(
                        "",
                        "spec.color=red",
                        "",
                        "",
                        0,
                        "",
                        InitialEvents.UNSET,
                        Bookmarks.NOT_WANTED)))
        .hasMessage("field label not supported: spec.color");
  }

  /// Remembers what a watch tells.
  private static final class Seen implements WatchObserver {
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private volatile Revision lastRevision = Revision.NONE;

    @Override
    public boolean events(List<WatchItem> events) {
      for (WatchItem item : events) {
        lastRevision = item.object().revision();
        queue.add(item.type() + " " + item.object().name());
      }
      return true;
    }

    @Override
    public void bookmark(Revision revision, boolean initialEventsEnd) {
      queue.add("BOOKMARK " + initialEventsEnd);
    }

    @Override
    public void ended(ApiException cause) {
      queue.add("ENDED " + cause.getMessage());
    }

    @Override
    public void completed() {
      queue.add("COMPLETED");
    }

    List<String> take(int count) throws InterruptedException {
      var taken = new ArrayList<String>();
      while (taken.size() < count) {
        String next = queue.poll(5, TimeUnit.SECONDS);
        if (next == null) {
          break;
        }
        taken.add(next);
      }
      return taken;
    }
  }
}
