package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.discovery.AcceptClause;
import dev.drydock.apiserver.rest.Accepted.Form;
import dev.drydock.apiserver.rest.Accepted.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Finds what a client accepts among what there is: everything as JSON and YAML, built-in kinds
/// and the metadata of all kinds as protobuf too; watches not as YAML, tables not as protobuf, and
/// what is only answered (reviews) not as a table.
final class Negotiation {
  private static final String META_GROUP = "meta.k8s.io";
  private static final Set<String> META_VERSIONS = Set.of("v1", "v1beta1");
  private static final GroupVersionKind STATUS = new GroupVersionKind("", "v1", "Status");

  private final ProtobufCodec protobuf;
  private final Set<GroupVersionKind> unkept;

  Negotiation(ProtobufCodec protobuf) {
    this.protobuf = protobuf;
    this.unkept =
        BuiltInTypes.get().all().stream()
            .filter(info -> !info.isStored())
            .map(info -> info.type().groupVersionKind())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// What there is beyond objects as JSON.
  private record Offer(BooleanSupplier hasMessage, BooleanSupplier hasTable, Way way) {
    boolean has(Format format, Form form) {
      return switch (format) {
        case JSON -> form != Form.TABLE || hasTable.getAsBoolean();
        case YAML -> way == Way.AT_ONCE && (form != Form.TABLE || hasTable.getAsBoolean());
        case PROTOBUF ->
            switch (form) {
              case OBJECT -> hasMessage.getAsBoolean();
              case TABLE -> false;
              case PARTIAL -> true;
            };
      };
    }
  }

  private Offer offer(GroupVersionKind kind, Way way) {
    return new Offer(() -> protobuf.writes(kind), () -> !unkept.contains(kind), way);
  }

  /// Where the answer goes.
  private enum Way {
    AT_ONCE(""),
    STREAM(";stream=watch");

    private final String suffix;

    Way(String suffix) {
      this.suffix = suffix;
    }
  }

  /// @param accept the `Accept` header; empty: anything
  /// @param kind of the object, or of the items of the list
  /// @throws ApiException `NotAcceptable`
  Accepted answer(String accept, GroupVersionKind kind) {
    return negotiate(accept, offer(kind, Way.AT_ONCE));
  }

  /// @throws ApiException `NotAcceptable`
  Accepted watch(String accept, GroupVersionKind kind) {
    return negotiate(accept, offer(kind, Way.STREAM));
  }

  /// For an answer that has to be given, whether the client takes it or not.
  Format status(String accept) {
    try {
      return answer(accept, STATUS).format();
    } catch (ApiException nothing) {
      return Format.JSON;
    }
  }

  private static Accepted negotiate(String header, Offer offer) {
    if (header.isEmpty() || header.equals("application/json") || header.equals("*/*")) {
      return Accepted.JSON;
    }
    for (AcceptClause clause : AcceptClause.all(header)) {
      Optional<Accepted> accepted = accepted(clause, offer);
      if (accepted.isPresent()) {
        return accepted.get();
      }
    }
    throw notAcceptable(offer);
  }

  private static Optional<Accepted> accepted(AcceptClause clause, Offer offer) {
    String as = clause.parameters().getOrDefault("as", "");
    String group = clause.parameters().getOrDefault("g", META_GROUP);
    String version = as.isEmpty() ? "v1" : clause.parameters().getOrDefault("v", "v1");
    if (!as.isEmpty() && !(group.equals(META_GROUP) && META_VERSIONS.contains(version))) {
      return Optional.empty();
    }
    Optional<Form> form =
        switch (as) {
          case "" -> Optional.of(Form.OBJECT);
          case "Table" -> Optional.of(Form.TABLE);
          case "PartialObjectMetadata", "PartialObjectMetadataList" -> Optional.of(Form.PARTIAL);
          default -> Optional.empty();
        };
    return form.flatMap(
        wanted ->
            format(clause.mediaType())
                .filter(format -> offer.has(format, wanted))
                .map(format -> new Accepted(format, wanted, META_GROUP + "/" + version)));
  }

  private static Optional<Format> format(String mediaType) {
    return switch (mediaType) {
      case "application/json", "application/*", "*/*" -> Optional.of(Format.JSON);
      case "application/yaml" -> Optional.of(Format.YAML);
      case ProtobufCodec.CONTENT_TYPE -> Optional.of(Format.PROTOBUF);
      default -> Optional.empty();
    };
  }

  private static ApiException notAcceptable(Offer offer) {
    List<String> types = new ArrayList<>();
    for (Format format : Format.values()) {
      if (offer.has(format, Form.OBJECT)) {
        types.add(format.mediaType() + offer.way().suffix);
      }
    }
    return ApiException.of(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: " + String.join(", ", types));
  }
}
