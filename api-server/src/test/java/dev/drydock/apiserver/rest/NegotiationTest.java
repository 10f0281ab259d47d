package dev.drydock.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
  private static final GroupVersionKind CUSTOM = new GroupVersionKind("a.b", "v1", "Thing");

  private final Negotiation negotiation = new Negotiation(new ProtobufCodec(Schemas.builtIn()));

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | JSON | OBJECT
          */* | JSON | OBJECT
          application/* | JSON | OBJECT
          application/yaml | YAML | OBJECT
          application/vnd.kubernetes.protobuf,application/json | PROTOBUF | OBJECT
          application/vnd.kubernetes.protobuf, */* | PROTOBUF | OBJECT
          application/vnd.kubernetes.protobuf;q=0.4,application/json;q=0.9 | JSON | OBJECT
          application/json;q=0,application/vnd.kubernetes.protobuf;q=0.1 | PROTOBUF | OBJECT
          text/html, application/json | JSON | OBJECT
          application/json;as=Table;v=v1;g=meta.k8s.io,application/json | JSON | TABLE
          application/json;as=Table;v=v2;g=meta.k8s.io,application/json | JSON | OBJECT
          application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,application/yaml | YAML | OBJECT
          application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io | JSON | PARTIAL
          application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;v=v1;g=meta.k8s.io | PROTOBUF | PARTIAL
          application/json;q=0.5,application/yaml | YAML | OBJECT
          */*, application/vnd.kubernetes.protobuf | PROTOBUF | OBJECT
          """)
  void theFirstFormThatTheClientTakesIsChosen(
      String header, Accepted.Format format, Accepted.Form form) {
    assertThat(negotiation.answer(header, POD)).isEqualTo(new Accepted(format, form));
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/vnd.kubernetes.protobuf,application/json | JSON | OBJECT
          application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io | PROTOBUF | PARTIAL
          """)
  void customResourcesHaveNoMessagesButTheirMetadataHas(
      String header, Accepted.Format format, Accepted.Form form) {
    assertThat(negotiation.answer(header, CUSTOM)).isEqualTo(new Accepted(format, form));
  }

  @Test
  void whatIsOnlyAnsweredHasNoTable() {
    var review = new GroupVersionKind("authorization.k8s.io", "v1", "SelfSubjectAccessReview");
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    assertThatThrownBy(() -> negotiation.answer(table, review))
        .hasMessageStartingWith("only the following media types are accepted: application/json");
  }

  @Test
  void whatIsNotThereIsNotAcceptable() {
    assertThatThrownBy(() -> negotiation.answer("text/html", POD))
        .hasMessage(
            "only the following media types are accepted: application/json, application/yaml,"
                + " application/vnd.kubernetes.protobuf");
    assertThatThrownBy(() -> negotiation.answer("application/vnd.kubernetes.protobuf", CUSTOM))
        .hasMessage(
            "only the following media types are accepted: application/json, application/yaml");
    assertThatThrownBy(() -> negotiation.watch("application/yaml", POD))
        .hasMessage(
            "only the following media types are accepted: application/json;stream=watch,"
                + " application/vnd.kubernetes.protobuf;stream=watch");
    assertThat(negotiation.status("text/html")).isEqualTo(Accepted.Format.JSON);
  }
}
