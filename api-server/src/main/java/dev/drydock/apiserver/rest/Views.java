package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.Status;
import dev.drydock.apiserver.request.ListForm;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.table.Tables;
import dev.drydock.apiserver.table.Tables.Header;
import dev.drydock.apiserver.table.Tables.IncludeObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects, lists and watch events in the form that the client accepts.
final class Views {
  private final Tables tables;
  private final Function<ResourceType, ListForm> listForms;
  private final InstantSource clock;
  private final Negotiation negotiation;
  private final ProtobufViews protobuf;

  /// @param listForms what a type's lists are
  Views(
      Tables tables,
      Function<ResourceType, ListForm> listForms,
      InstantSource clock,
      ProtobufCodec codec) {
    this.tables = tables;
    this.listForms = listForms;
    this.clock = clock;
    this.negotiation = new Negotiation(codec);
    this.protobuf = new ProtobufViews(codec);
  }

  Negotiation negotiation() {
    return negotiation;
  }

  /// A failure in the form that the client accepts.
  Answer failure(RestRequest request, Status status) {
    return status(request, Answer.status(status));
  }

  /// A status that is there as JSON, in the form that the client accepts.
  Answer status(RestRequest request, Answer.Complete json) {
    return switch (negotiation.status(request.header("Accept"))) {
      case JSON -> json;
      case YAML ->
          Answers.finish(request, new Accepted(Accepted.Format.YAML, Accepted.Form.OBJECT), json);
      case PROTOBUF ->
          protobuf.object(json.code(), TreeCodec.read(json.body())).with(json.headers());
    };
  }

  Answer object(
      RestRequest request, Accepted accepted, Target target, StoredObject object, int code) {
    boolean asMessage = accepted.format() == Accepted.Format.PROTOBUF;
    Answer answer =
        switch (accepted.form()) {
          case OBJECT ->
              asMessage
                  ? protobuf.object(code, object.tree())
                  : Answer.json(code, object.json().array());
          case PARTIAL ->
              asMessage
                  ? protobuf.partial(code, object.tree())
                  : Answer.json(code, Rendering.partial(object, accepted.meta()));
          case TABLE ->
              Answer.json(
                  code,
                  new Tabulating(request, target, accepted)
                      .table(List.of(object), metadata(object), Header.PRESENT));
        };
    return Answers.finish(request, accepted, answer);
  }

  Answer list(RestRequest request, Accepted accepted, Target target, ObjectList list) {
    boolean asMessage = accepted.format() == Accepted.Format.PROTOBUF;
    Answer answer =
        switch (accepted.form()) {
          case OBJECT ->
              asMessage
                  ? Rendering.answer(accepted.format(), protobuf.list(target.type(), list))
                  : Rendering.answer(
                      Accepted.Format.JSON,
                      Rendering.list(listForms.apply(target.type()), target.type(), list));
          case PARTIAL ->
              asMessage
                  ? Rendering.answer(accepted.format(), protobuf.partialList(list))
                  : Rendering.answer(
                      Accepted.Format.JSON, Rendering.partialList(list, accepted.meta()));
          case TABLE ->
              Answer.json(
                  200,
                  new Tabulating(request, target, accepted)
                      .table(list.items(), Rendering.listMetadata(list), Header.PRESENT));
        };
    return Answers.finish(request, accepted, answer);
  }

  /// Makes the tables of one request.
  private final class Tabulating {
    private final Target target;
    private final String meta;
    private final IncludeObject include;

    Tabulating(RestRequest request, Target target, Accepted accepted) {
      this.target = target;
      this.meta = accepted.meta();
      this.include = IncludeObject.of(request.query().get("includeObject"));
    }

    byte[] table(List<StoredObject> objects, ObjectNode metadata, Header header) {
      List<ObjectNode> trees = objects.stream().map(StoredObject::tree).toList();
      ObjectNode table =
          tables.table(target.type(), trees, metadata, header, include, clock.instant());
      if (!meta.equals(Accepted.META)) {
        Tables.restate(table, include, meta);
      }
      return TreeCodec.write(table);
    }

    String meta() {
      return meta;
    }
  }

  private static ObjectNode metadata(StoredObject object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("resourceVersion", object.revision().toString());
  }

  WatchFraming framing(Accepted accepted) {
    return accepted.format() == Accepted.Format.PROTOBUF
        ? protobuf.framing()
        : new WatchFraming.Lines();
  }

  WatchEncoder watchEncoder(RestRequest request, Accepted accepted, Target target) {
    if (accepted.format() == Accepted.Format.PROTOBUF) {
      return protobuf.watchEncoder(accepted.form(), target.type());
    }
    return switch (accepted.form()) {
      case OBJECT -> new ObjectEncoder(target.type().kind(), target.type().apiVersion());
      case TABLE -> new TableEncoder(new Tabulating(request, target, accepted));
      case PARTIAL -> new PartialEncoder(accepted.meta());
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

  /// One table per event; the first says what the columns are.
  private static final class TableEncoder implements WatchEncoder {
    private final Tabulating tabulating;
    private Header header = Header.PRESENT;

    TableEncoder(Tabulating tabulating) {
      this.tabulating = tabulating;
    }

    @Override
    public byte[] encode(StoredObject object) {
      byte[] table = tabulating.table(List.of(object), metadata(object), header);
      header = Header.ABSENT;
      return table;
    }

    @Override
    public byte[] bookmark(byte[] metadata) {
      return empty("Table", tabulating.meta(), metadata);
    }
  }

  private record PartialEncoder(String meta) implements WatchEncoder {
    @Override
    public byte[] encode(StoredObject object) {
      return Rendering.partial(object, meta);
    }

    @Override
    public byte[] bookmark(byte[] metadata) {
      return empty("PartialObjectMetadata", meta, metadata);
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
