package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.status.Status;
import dev.drydock.apiserver.request.StatusJson;
import dev.drydock.apiserver.request.WatchObserver;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// How the events of a watch follow each other.
sealed interface WatchFraming {

  String contentType();

  void write(Type type, byte[] object, ByteBuf out);

  /// The object of an error event.
  byte[] status(Status status);

  /// Event types on the wire.
  enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK,
    ERROR;

    static Type of(WatchObserver.Type type) {
      return switch (type) {
        case ADDED -> ADDED;
        case MODIFIED -> MODIFIED;
        case DELETED -> DELETED;
      };
    }
  }

  /// A line of JSON for each event.
  record Lines() implements WatchFraming {
    private static final byte[] ADDED = start(Type.ADDED);
    private static final byte[] MODIFIED = start(Type.MODIFIED);
    private static final byte[] DELETED = start(Type.DELETED);
    private static final byte[] BOOKMARK = start(Type.BOOKMARK);
    private static final byte[] ERROR = start(Type.ERROR);
    private static final byte[] END = {'}', '\n'};

    private static byte[] start(Type type) {
      return ("{\"type\":\"" + type.name() + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String contentType() {
      return Accepted.Format.JSON.mediaType();
    }

    @Override
    public void write(Type type, byte[] object, ByteBuf out) {
      byte[] start =
          switch (type) {
            case ADDED -> ADDED;
            case MODIFIED -> MODIFIED;
            case DELETED -> DELETED;
            case BOOKMARK -> BOOKMARK;
            case ERROR -> ERROR;
          };
      out.writeBytes(start).writeBytes(object).writeBytes(END);
    }

    @Override
    public byte[] status(Status status) {
      return StatusJson.of(status).array();
    }
  }

  /// A protobuf message for each event, its length before it.
  record Frames(ProtobufCodec codec) implements WatchFraming {
    @Override
    public String contentType() {
      return Accepted.Format.PROTOBUF.mediaType() + ";stream=watch";
    }

    @Override
    public void write(Type type, byte[] object, ByteBuf out) {
      out.writeBytes(ProtobufCodec.watchFrame(type.name(), object));
    }

    @Override
    public byte[] status(Status status) {
      return codec.write(StatusJson.tree(status));
    }
  }
}
