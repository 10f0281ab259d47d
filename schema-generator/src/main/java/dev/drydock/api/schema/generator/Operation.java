package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One operation of the API as the client calls it.
///
/// @param name as in OpenAPI: `readNamespacedPod`
/// @param path with variables: `/api/v1/namespaces/{namespace}/pods/{name}`
/// @param method of HTTP
/// @param body simple class name of the model it sends, or empty
/// @param result simple class name of what it answers
record Operation(String name, String path, String method, String body, String result) {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final String SUFFIX = "Call";

  /// All operations of one API class.
  static List<Operation> of(ModelJar jar, String apiClass) throws IOException {
    ClassModel api = jar.api(apiClass);
    var operations = new ArrayList<Operation>();
    for (MethodModel method : api.methods()) {
      String name = method.methodName().stringValue();
      if (!name.endsWith(SUFFIX) || name.endsWith("ValidateBeforeCall")) {
        continue;
      }
      String operation = name.substring(0, name.length() - SUFFIX.length());
      String path = constant(method, Operation::isPath);
      if (!path.isEmpty()) {
        operations.add(
            new Operation(
                operation,
                path,
                constant(method, METHODS::contains),
                body(method),
                result(jar.api(apiClass + "$API" + operation + "Request"))));
      }
    }
    return operations;
  }

  private static boolean isPath(String text) {
    return text.startsWith("/api/") || text.startsWith("/apis/");
  }

  private static String constant(MethodModel method, java.util.function.Predicate<String> wanted) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .filter(ConstantInstruction.class::isInstance)
        .map(instruction -> ((ConstantInstruction) instruction).constantValue())
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(wanted)
        .findFirst()
        .orElse("");
  }

  private static String body(MethodModel method) {
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      if (parameter.packageName().equals("io.kubernetes.client.openapi.models")) {
        return parameter.displayName();
      }
    }
    return "";
  }

  private static String result(ClassModel request) {
    return request.methods().stream()
        .filter(method -> method.methodName().equalsString("execute"))
        .map(method -> method.methodTypeSymbol().returnType().displayName())
        .findFirst()
        .orElse("");
  }
}
