package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.rbac.EscalationCheck;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.webhook.WebhookClient;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What rules are built from.
///
/// @param lookup other objects
/// @param statuses where use is counted
/// @param random names volumes
/// @param authorizer for rules that ask for a right of their own
/// @param escalation for roles and bindings
/// @param cel loads its library with the first expression
/// @param webhooks asks servers outside
public record AdmissionMeans(
    Lookup lookup,
    StatusBook statuses,
    RandomGenerator random,
    InstantSource clock,
    Authorizer authorizer,
    EscalationCheck escalation,
    CelEnvironment cel,
    WebhookClient webhooks) {}
