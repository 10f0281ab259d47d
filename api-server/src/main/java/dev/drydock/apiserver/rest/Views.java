package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import java.nio.charset.StandardCharsets;

/// Objects, lists and watch events in the form that the client accepts.
final class Views {

  Answer object(
      RestRequest request, Accepted accepted, Target target, StoredObject object, int code) {
    return switch (accepted.form()) {
      case OBJECT, TABLE ->
          Answers.finish(request, accepted, Answer.json(code, object.json().array()));
      case PARTIAL ->
          Answers.finish(request, accepted, Answer.json(code, Rendering.partial(object)));
    };
  }

  Answer list(RestRequest request, Accepted accepted, Target target, ObjectList list) {
    ListBody body =
        switch (accepted.form()) {
          case OBJECT, TABLE -> Rendering.list(target.type(), list);
          case PARTIAL -> Rendering.partialList(list);
        };
    return Answers.finish(request, accepted, Rendering.answer(body));
  }

  WatchEncoder watchEncoder(RestRequest request, Accepted accepted, Target target) {
    return switch (accepted.form()) {
      case OBJECT, TABLE -> new ObjectEncoder(target.type().kind(), target.type().apiVersion());
      case PARTIAL -> new PartialEncoder();
    };
  }

  /// Objects as they are: their shared bytes.
  private record ObjectEncoder(String kind, String apiVersion) implements WatchEncoder {
    @Override
    public byte[] encode(StoredObject object) {
      return object.json().array();
    }

    @Override
    public byte[] bookmark(byte[] metadata) {
      return empty(kind, apiVersion, metadata);
    }
  }

  private record PartialEncoder() implements WatchEncoder {
    @Override
    public byte[] encode(StoredObject object) {
      return Rendering.partial(object);
    }

    @Override
    public byte[] bookmark(byte[] metadata) {
      return empty("PartialObjectMetadata", "meta.k8s.io/v1", metadata);
    }
  }

  static byte[] empty(String kind, String apiVersion, byte[] metadata) {
    return ("{\"kind\":\""
            + kind
            + "\",\"apiVersion\":\""
            + apiVersion
            + "\",\"metadata\":"
            + new String(metadata, StandardCharsets.UTF_8)
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
