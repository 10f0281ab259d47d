package dev.drydock.controllers.context;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/// Of a CustomResourceDefinition what says which types it defines; the schemas, which are most of
/// it, are not kept.
@JsonDeserialize(using = ValueDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class DefinitionOutline implements HasMetadata {
  private static final long serialVersionUID = 1L;

  private String apiVersion = "";
  private String kind = "";
  private ObjectMeta metadata = new ObjectMeta();
  private Spec spec = new Spec("", "", new Names("", ""), List.of());
  private Status status = new Status(List.of(), new Names("", ""));

  /// What is defined.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spec(String group, String scope, Names names, List<Version> versions)
      implements Serializable {}

  /// How it is called.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Names(String plural, String kind) implements Serializable {}

  /// One version.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Version(String name, boolean served, boolean storage) implements Serializable {}

  /// How far it is.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(List<Condition> conditions, Names acceptedNames) implements Serializable {
    public Status {
      conditions = Objects.requireNonNullElse(conditions, List.of());
    }
  }

  /// One condition.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Condition(String type, String status) implements Serializable {}

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public void setApiVersion(String apiVersion) {
    this.apiVersion = apiVersion;
  }

  @Override
  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  public Spec getSpec() {
    return spec;
  }

  public void setSpec(Spec spec) {
    this.spec = spec;
  }

  public Status getStatus() {
    return status;
  }

  public void setStatus(Status status) {
    this.status = status;
  }

  boolean isEstablished() {
    return status.conditions().stream()
        .anyMatch(each -> each.type().equals("Established") && each.status().equals("True"));
  }
}
