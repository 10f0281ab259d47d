package dev.drydock.bench;

/// What is sent to an api-server under measurement.
final class Bodies {
  private Bodies() {}

  /// A policy that judges every ConfigMap and objects to none.
  static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: bench
      spec:
        matchConstraints:
          resourceRules:
          - apiGroups: [""]
            apiVersions: ["v1"]
            operations: ["CREATE"]
            resources: ["configmaps"]
        validations:
        - expression: "object.data.all(key, object.data[key].size() < 1000)"
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: bench
      spec:
        policyName: bench
        validationActions: ["Deny"]
      """;

  /// A ConfigMap of two entries.
  static String configMap(String name, String value) {
    return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"app":"bench"}},\
        "data":{"value":"%s","text":"a figure is worth what its measurement is worth"}}"""
        .formatted(name, value);
  }

  /// A pod that nobody schedules.
  static String gatedPod(String name) {
    return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"bench"}},\
        "spec":{"schedulingGates":[{"name":"example.com/bench"}],"containers":[{"name":"web",\
        "image":"nginx","ports":[{"containerPort":80}],\
        "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}"""
        .formatted(name);
  }

  /// A Deployment of no pods.
  ///
  /// @param value differs from one state of it to the next
  static String deployment(String name, long value) {
    return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},"spec":{"replicas":0,\
        "paused":true,"selector":{"matchLabels":{"app":"%s"}},"template":{"metadata":\
        {"labels":{"app":"%s"},"annotations":{"value":"%d"}},"spec":{"containers":\
        [{"name":"web","image":"nginx","ports":[{"containerPort":80}],\
        "env":[{"name":"A","value":"1"}]}]}}}}"""
        .formatted(name, name, name, value);
  }
}
