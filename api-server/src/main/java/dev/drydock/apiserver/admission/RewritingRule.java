package dev.drydock.apiserver.admission;

/// A rule that lets somebody outside change the object. What they change may concern every other
/// rule, and each other.
interface RewritingRule extends AdmissionRule {

  /// Lets them change it.
  ///
  /// @throws dev.drydock.api.status.ApiException when they refuse
  Rewriting rewrite(AdmissionRequest request);
}
