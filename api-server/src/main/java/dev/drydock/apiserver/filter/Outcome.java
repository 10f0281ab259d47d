package dev.drydock.apiserver.filter;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Written;
import java.util.List;

/// How a request ended.
///
/// @param code HTTP status code
/// @param reason of the `Status`; empty on success
/// @param message of the `Status`; empty on success
/// @param effects the objects it wrote
public record Outcome(int code, String reason, String message, List<Effect> effects) {
  private static final Outcome READ = new Outcome(200, "", "", List.of());

  /// One object that was written.
  public record Effect(
      String namespace, String name, String uid, Revision before, Revision after, String note) {}

  /// A read that succeeded.
  public static Outcome read() {
    return READ;
  }

  /// A request without an effect, answered with that code.
  public static Outcome answered(int code) {
    return code == 200 ? READ : new Outcome(code, "", "", List.of());
  }

  public static Outcome failed(ApiException failure) {
    return new Outcome(
        failure.status().code(),
        failure.status().reason().text(),
        failure.status().message(),
        List.of());
  }

  public static Outcome written(Written written) {
    int code = written.outcome() == Written.Outcome.CREATED ? 201 : 200;
    return new Outcome(code, "", "", List.of(effect(written, "")));
  }

  public static Outcome deleted(Deleted deleted) {
    List<Effect> effects =
        switch (deleted) {
          case Deleted.Pending(Written object) -> List.of(effect(object, "marked for deletion"));
          case Deleted.Gone(Written last) -> List.of(effect(last, "removed"));
          case Deleted.Collection(_, List<Deleted> each) ->
              each.stream().flatMap(one -> deleted(one).effects().stream()).toList();
        };
    return new Outcome(200, "", "", effects);
  }

  private static Effect effect(Written written, String note) {
    StoredObject object = written.object();
    String words =
        switch (written.outcome()) {
          case CREATED, CHANGED -> note;
          case UNCHANGED -> "unchanged";
          case REMOVED -> "removed";
        };
    return new Effect(
        object.namespace(),
        object.name(),
        object.uid(),
        written.before(),
        object.revision(),
        words);
  }
}
