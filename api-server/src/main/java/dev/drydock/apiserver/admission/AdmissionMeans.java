package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.rbac.EscalationCheck;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.webhook.WebhookClient;
import dev.drydock.client.time.Timers;
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
/// @param namespaces makes those that lack
/// @param configurations of single plugins
public record AdmissionMeans(
    Lookup lookup,
    StatusBook statuses,
    RandomGenerator random,
    InstantSource clock,
    Timers timers,
    Authorizer authorizer,
    EscalationCheck escalation,
    CelEnvironment cel,
    WebhookClient webhooks,
    NamespaceMaker namespaces,
    PluginConfigurations configurations) {}
