package dev.drydock.apiserver.admission;

import tools.jackson.databind.node.ObjectNode;

/// How an object is named in a refusal before it has a name.
final class AdmissionNames {
  private AdmissionNames() {}

  static String shown(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (!request.target().name().isEmpty() || object == null) {
      return request.target().name();
    }
    String name = object.path("metadata").path("name").stringValue("");
    return name.isEmpty() ? object.path("metadata").path("generateName").stringValue("") : name;
  }
}
