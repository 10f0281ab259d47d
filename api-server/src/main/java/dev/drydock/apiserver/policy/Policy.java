package dev.drydock.apiserver.policy;

import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.matching.Matcher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A policy, compiled.
///
/// @param variables in the order in which they are declared
record Policy(
    String name,
    Failure failure,
    @Nullable ParamKind params,
    Matcher matcher,
    Conditions conditions,
    Map<String, CelProgram> variables,
    Rules rules) {

  /// What a policy says.
  ///
  /// @param broken what does not compile; empty: everything does
  record Rules(
      List<Validation> validations,
      List<Mutation> mutations,
      List<Annotation> annotations,
      Again again,
      List<PolicyCompiler.Problem> broken) {
    Rules {
      validations = List.copyOf(validations);
      mutations = List.copyOf(mutations);
      annotations = List.copyOf(annotations);
      broken = List.copyOf(broken);
    }
  }

  /// What becomes of the request when an expression fails.
  enum Failure {
    FAIL,
    IGNORE
  }

  /// Whether it looks again after others changed the object.
  enum Again {
    NEVER,
    IF_NEEDED
  }

  /// The kind of objects that configure it.
  record ParamKind(String apiVersion, String kind) {}

  /// Something that must hold.
  ///
  /// @param message empty: the expression itself is shown
  record Validation(
      CelProgram expression,
      String message,
      @Nullable CelProgram messageExpression,
      String reason) {}

  /// Something for the audit log.
  record Annotation(String key, CelProgram value) {}

  /// A change.
  record Mutation(Form form, CelProgram expression) {}

  /// What an expression of a mutation gives.
  enum Form {
    APPLY_CONFIGURATION,
    JSON_PATCH
  }
}
