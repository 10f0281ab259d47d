package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.usage.PodUsage;
import dev.drydock.api.usage.QuotaScopes;
import dev.drydock.api.usage.ResourceAmounts;
import dev.drydock.api.usage.Usage;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an object uses is charged to every quota of its namespace that is about it, before the
/// object is stored: by compare-and-set on the status of the quota, so that many creators, at
/// several servers, never use more than there is. What a failed write was charged is given back;
/// after a crash the controller counts anew.
final class QuotaRule implements AdmissionRule {
  static final String QUOTAS = "resourcequotas";

  private final Lookup lookup;
  private final QuotaAccounts accounts;
  private final LimitedResources limited;
  private final InstantSource clock;

  /// @param limited what nobody may use without a quota
  QuotaRule(Lookup lookup, StatusBook statuses, LimitedResources limited, InstantSource clock) {
    this.lookup = lookup;
    this.limited = limited;
    this.accounts = new QuotaAccounts(statuses);
    this.clock = clock;
  }

  /// What one write adds.
  private record Charge(AdmissionRequest request, String resource, ResourceAmounts usage) {}

  @Override
  public Reservation reserve(AdmissionRequest request) {
    ObjectNode object = request.object();
    String namespace = request.target().namespace();
    if (object == null || namespace.isEmpty() || !isCharged(request)) {
      return Reservation.NOTHING;
    }
    List<ObjectNode> quotas = lookup.list(QUOTAS, namespace, Age.ANY);
    if (quotas.isEmpty() && limited.isEmpty()) {
      return Reservation.NOTHING;
    }
    Charge charge = charge(request, object);
    if (charge.usage().isEmpty()) {
      return Reservation.NOTHING;
    }
    if (!limited.isEmpty()) {
      requireQuotas(charge, object, quotas);
    }
    var paid = new ArrayList<Payment>();
    try {
      for (ObjectNode quota : quotas) {
        if (QuotaScopes.cover(quota, charge.resource(), object)) {
          pay(charge, object, quota, paid);
        }
      }
    } catch (RuntimeException refused) {
      giveBack(request, paid);
      throw refused;
    }
    return paid.isEmpty() ? Reservation.NOTHING : () -> giveBack(request, paid);
  }

  private void requireQuotas(Charge charge, ObjectNode object, List<ObjectNode> quotas) {
    Set<String> covered = new HashSet<>();
    for (ObjectNode quota : quotas) {
      if (QuotaScopes.cover(quota, charge.resource(), object)) {
        covered.addAll(Usage.relevant(charge.resource(), hard(quota).names()));
      }
    }
    String refusal =
        limited
            .uncovered(charge.resource(), object, charge.usage().names(), quotas, covered)
            .refusal();
    if (!refusal.isEmpty()) {
      throw refused(charge, refusal);
    }
  }

  private static boolean isCharged(AdmissionRequest request) {
    String resource = request.target().type().qualifiedResource();
    String subresource = request.target().subresource();
    return switch (request.operation()) {
      case CREATE -> subresource.isEmpty();
      case UPDATE ->
          subresource.isEmpty()
              ? Usage.growsByUpdates(resource)
              : resource.equals("pods") && subresource.equals("resize");
      case DELETE, CONNECT -> false;
    };
  }

  private Charge charge(AdmissionRequest request, ObjectNode object) {
    String resource = request.target().type().qualifiedResource();
    Instant now = clock.instant();
    ResourceAmounts usage = Usage.of(resource, object, now);
    ObjectNode before = request.before();
    if (request.operation() == Operation.UPDATE && before != null) {
      usage = usage.minus(Usage.of(resource, before, now));
    }
    return new Charge(request, resource, usage.withoutZeros());
  }

  /// What was charged to one quota.
  private record Payment(String quota, ResourceAmounts amounts) {}

  private void pay(Charge charge, ObjectNode object, ObjectNode quota, List<Payment> paid) {
    Set<String> relevant = Usage.relevant(charge.resource(), hard(quota).names());
    if (relevant.isEmpty()) {
      return;
    }
    String name = quota.path("metadata").path("name").stringValue("");
    if (charge.resource().equals("pods")) {
      String missing = PodUsage.missing(object, relevant);
      if (!missing.isEmpty()) {
        throw refused(charge, "failed quota: " + name + ": " + missing);
      }
    }
    ResourceAmounts due = charge.usage().only(relevant);
    if (due.isEmpty()) {
      return;
    }
    if (charge.request().isRehearsal()) {
      check(charge, quota, due);
      return;
    }
    try {
      accounts.change(
          charge.request().context(),
          charge.request().target().namespace(),
          name,
          present -> write(present, check(charge, present, due)));
      paid.add(new Payment(name, due));
    } catch (ApiException gone) {
      if (!gone.isNotFound()) {
        throw gone;
      }
    }
  }

  /// @return what is used afterwards
  private static ResourceAmounts check(Charge charge, ObjectNode quota, ResourceAmounts due) {
    String name = quota.path("metadata").path("name").stringValue("");
    ResourceAmounts hard = hard(quota);
    ResourceAmounts used = used(quota);
    ResourceAmounts asked = due.only(hard.names());
    Set<String> unknown =
        asked.names().stream()
            .filter(resource -> used.get(resource) == null)
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (!unknown.isEmpty()) {
      throw refused(
          charge,
          "status unknown for quota: " + name + ", resources: " + String.join(",", unknown));
    }
    ResourceAmounts after = used.plus(asked);
    Set<String> exceeded = after.only(asked.names()).exceeding(hard);
    if (!exceeded.isEmpty()) {
      throw refused(
          charge,
          "exceeded quota: "
              + name
              + ", requested: "
              + asked.only(exceeded)
              + ", used: "
              + used.only(exceeded)
              + ", limited: "
              + hard.only(exceeded));
    }
    return after;
  }

  private void giveBack(AdmissionRequest request, List<Payment> paid) {
    for (Payment payment : paid) {
      try {
        accounts.change(
            request.context(),
            request.target().namespace(),
            payment.quota(),
            present -> {
              ResourceAmounts used = used(present);
              write(present, used.minus(payment.amounts()));
            });
      } catch (ApiException _) {
        // The controller counts anew.
      }
    }
  }

  private static void write(ObjectNode quota, ResourceAmounts used) {
    if (quota.get("status") instanceof ObjectNode status) {
      used.writeTo(status, "used");
    }
  }

  private static ResourceAmounts hard(JsonNode quota) {
    return ResourceAmounts.of(quota.path("status").get("hard"));
  }

  private static ResourceAmounts used(JsonNode quota) {
    return ResourceAmounts.of(quota.path("status").get("used"));
  }

  private static ApiException refused(Charge charge, @Nullable String why) {
    return ApiException.forbidden(
        charge.request().target().type(),
        AdmissionNames.shown(charge.request()),
        String.valueOf(why));
  }
}
