/// **Is** what is special about the kinds of `admissionregistration.k8s.io`: webhook
/// configurations, admission policies and their bindings.
///
/// **May depend on** `registry.strategy`, `apiserver.cel`, `apiserver.policy`, `api.*`.
///
/// **Start reading at** [WebhookConfigurationStrategy], [AdmissionPolicyStrategy].
@NullMarked
package dev.drydock.apiserver.registry.admissionregistration;

import org.jspecify.annotations.NullMarked;
