/// **Is** admission policies in CEL: ValidatingAdmissionPolicy and MutatingAdmissionPolicy with
/// their bindings, compiled once and evaluated for each write that they match.
///
/// **May depend on** `apiserver.matching`, `apiserver.cel`, `apiserver.patch`, `api.*`.
///
/// **Start reading at** [PolicyCompiler], [PolicySet].
@NullMarked
package dev.drydock.apiserver.policy;

import org.jspecify.annotations.NullMarked;
