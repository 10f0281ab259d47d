package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectReader.Snapshot;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.StoredPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gets and lists: recent states from memory; exact ones, and the later chunks of a list, from
/// the store as it was.
final class Reading {
  private static final int STORE_PAGE = 500;
  private static final String TOO_OLD = "The resourceVersion for the provided list is too old.";
  private static final String TOO_OLD_TO_CONTINUE =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided"
          + " token results in an inconsistent list - objects that were created, modified, or"
          + " deleted between the time the first chunk was returned and now may show up in the"
          + " list.";

  private final Objects objects;

  Reading(Objects objects) {
    this.objects = objects;
  }

  StoredObject get(StoredResource as, Target target, ReadOptions options) {
    return as.shown(objects.need(as, target, ReadVersion.freshness(options.resourceVersion())));
  }

  ObjectList list(StoredResource as, Target target, ReadOptions options) {
    ReadVersion.checkList(options);
    Selection selection = Selection.of(as.resource(), target, options);
    StorePrefix below = as.resource().below(target.namespace());
    if (!options.continueToken().isEmpty()) {
      if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals("0")) {
        throw ApiException.badRequest(
            "specifying resource version is not allowed when using continue");
      }
      return resumed(as, selection, below, options);
    }
    return switch (ReadVersion.ofList(options)) {
      case ReadVersion.Recent recent -> {
        Snapshot<StoredObject> all =
            StorageFailures.reading(
                as.type(), "", () -> objects.reader().list(below, recent.freshness()));
        boolean limited = !options.resourceVersion().equals("0"); // as the real cache has it
        yield fromMemory(as, selection, all, below, limited ? options.limit() : 0);
      }
      case ReadVersion.Exact(Revision at) -> exact(as, selection, below, at, options.limit());
    };
  }

  private ObjectList exact(
      StoredResource as, Selection selection, StorePrefix below, Revision at, long limit) {
    try {
      return fromStore(as, selection, below, null, at, limit);
    } catch (StorageException.Compacted _) {
      throw ApiException.expired(TOO_OLD);
    } catch (StorageException failure) {
      throw StorageFailures.translate(failure, as.type(), "");
    }
  }

  private ObjectList resumed(
      StoredResource as, Selection selection, StorePrefix below, ReadOptions options) {
    ContinueToken token = ContinueToken.decode(options.continueToken(), below);
    try {
      Revision at = token.revision().isNone() ? now(below) : token.revision();
      return fromStore(as, selection, below, token.after(), at, options.limit());
    } catch (StorageException.Compacted _) {
      throw inconsistent(new ContinueToken(Revision.NONE, token.after()).encode(below));
    } catch (StorageException failure) {
      throw StorageFailures.translate(failure, as.type(), "");
    }
  }

  private Revision now(StorePrefix below) {
    return objects.reader().list(below, new Freshness.Consistent()).revision();
  }

  /// The rest can still be had, as it is now.
  private static ApiException inconsistent(String token) {
    return new ApiException(
        new Status(
            StatusReason.EXPIRED,
            StatusReason.EXPIRED.code(),
            TOO_OLD_TO_CONTINUE,
            Status.Details.NONE,
            token));
  }

  private static ObjectList fromMemory(
      StoredResource as,
      Selection selection,
      Snapshot<StoredObject> all,
      StorePrefix below,
      long limit) {
    List<StoredObject> items = all.items();
    if (limit <= 0 && selection.isEverything() && as.form().isFixed() && as.conversion().isNone()) {
      return new ObjectList(items, all.revision(), "", 0);
    }
    var chosen = new ArrayList<StoredObject>();
    SharedObject last = null;
    for (int i = 0; i < items.size(); i++) {
      SharedObject object = SharedObject.of(as.form(), items.get(i));
      if (!selection.matches(object)) {
        continue;
      }
      if (limit > 0 && chosen.size() == limit && last != null) {
        String token = new ContinueToken(all.revision(), last.key()).encode(below);
        return new ObjectList(
            chosen, all.revision(), token, selection.isEverything() ? items.size() - i : 0);
      }
      chosen.add(as.shown(object));
      last = object;
    }
    return new ObjectList(chosen, all.revision(), "", 0);
  }

  private ObjectList fromStore(
      StoredResource as,
      Selection selection,
      StorePrefix below,
      @Nullable StoreKey after,
      Revision at,
      long limit) {
    var chosen = new ArrayList<StoredObject>();
    Optional<StoreKey> from = Optional.ofNullable(after);
    while (true) {
      int wanted =
          limit > 0 && selection.isEverything()
              ? (int) Math.min(limit - chosen.size(), STORE_PAGE)
              : STORE_PAGE;
      StoredPage page = objects.store().list(below, new Page(wanted, from, at));
      for (int i = 0; i < page.items().size(); i++) {
        Stored stored = page.items().get(i);
        SharedObject object = as.form().decode(stored.key(), stored.value(), stored.revision());
        if (selection.matches(object)) {
          chosen.add(as.shown(object));
        }
        long left = page.remaining() + page.items().size() - 1 - i;
        if (limit > 0 && chosen.size() == limit && left > 0) {
          String token = new ContinueToken(at, stored.key()).encode(below);
          return new ObjectList(chosen, at, token, selection.isEverything() ? left : 0);
        }
      }
      if (page.remaining() == 0 || page.items().isEmpty()) {
        return new ObjectList(chosen, at, "", 0);
      }
      from = Optional.of(page.items().getLast().key());
    }
  }
}
