package dev.drydock.apiserver.registry.device;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.AffinityRules;
import dev.drydock.apiserver.registry.strategy.ConditionRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Who has which devices by a claim, and how these are.
///
/// Source: limits and messages of `pkg/apis/resource/validation`.
final class ClaimStatusRules {
  private static final int MOST_CONSUMERS = 256;
  private static final int MOST_RESULTS = 32;
  private static final int MOST_CONFIGURATIONS = 64;
  private static final int MOST_CONDITIONS = 8;
  private static final int LONGEST_DATA = 10 * 1024;
  private static final int LONGEST_INTERFACE = 256;
  private static final int LONGEST_ADDRESS = 128;
  private static final int MOST_ADDRESSES = 16;

  private ClaimStatusRules() {}

  static void check(ObjectNode claim, ObjectNode before, Violations found) {
    Field root = Field.root(claim);
    Field status = root.child("status");
    Field allocation = status.child("allocation");
    checkConsumers(status.child("reservedFor"), found);
    Set<String> allocated = new HashSet<>();
    allocation
        .child("devices", "results")
        .items()
        .forEach(result -> allocated.add(identity(result)));
    var seen = new HashSet<String>();
    for (Field device : status.child("devices").items()) {
      checkDevice(device, allocated, found);
      if (!seen.add(identity(device))) {
        found.add(FieldError.duplicate(device.path(), identity(device)));
      }
    }
    checkReservations(claim, before, found);
    if (allocation.isPresent() && Trees.has(before, "status", "allocation")) {
      found.unchanged(allocation, Trees.at(before, "status", "allocation"));
    } else if (allocation.isPresent()) {
      checkAllocation(allocation, DeviceRules.requestNames(root.child("spec", "devices")), found);
    }
  }

  private static String identity(Field device) {
    String share = device.child("shareID").text();
    return device.child("driver").text()
        + "/"
        + device.child("pool").text()
        + "/"
        + device.child("device").text()
        + (share.isEmpty() ? "" : "/" + share);
  }

  private static void checkConsumers(Field consumers, Violations found) {
    if (!found.atMost(consumers, MOST_CONSUMERS)) {
      return;
    }
    var uids = new HashSet<String>();
    for (Field consumer : consumers.items()) {
      for (String field : List.of("resource", "name", "uid")) {
        found.present(consumer.child(field), "");
      }
      String uid = consumer.child("uid").text();
      if (!uids.add(uid)) {
        found.add(FieldError.duplicate(consumer.path(), uid));
      }
    }
  }

  private static void checkReservations(ObjectNode claim, ObjectNode before, Violations found) {
    Field consumers = Field.root(claim).child("status", "reservedFor");
    if (consumers.isEmpty()) {
      return;
    }
    if (!Trees.has(claim, "status", "allocation")) {
      found.forbidden(consumers, "may not be specified when `allocated` is not set");
    } else if (Trees.has(claim, "metadata", "deletionTimestamp")) {
      List<ObjectNode> old = Trees.objects(before, "status", "reservedFor");
      if (!old.containsAll(Trees.objects(claim, "status", "reservedFor"))) {
        found.forbidden(
            consumers,
            "new entries may not be added while `deallocationRequested` or `deletionTimestamp`"
                + " are set");
      }
    }
  }

  private static void checkAllocation(
      Field allocation, Map<String, Set<String>> requests, Violations found) {
    Field results = allocation.child("devices", "results");
    if (found.atMost(results, MOST_RESULTS)) {
      for (Field result : results.items()) {
        DeviceRules.checkReference(result.child("request"), requests, found);
        checkIdentity(result, found);
        SliceDeviceRules.checkConditions(result, found);
      }
    }
    Field configurations = allocation.child("devices", "config");
    if (found.atMost(configurations, MOST_CONFIGURATIONS)) {
      for (Field configuration : configurations.items()) {
        found.requiredOneOf(configuration.child("source"), List.of("FromClaim", "FromClass"));
        DeviceRules.checkReferences(configuration.child("requests"), requests, found);
        DeviceRules.checkOpaque(configuration.child("opaque"), found);
      }
    }
    if (allocation.child("nodeSelector").isPresent()) {
      AffinityRules.checkNodeSelector(allocation.child("nodeSelector"), found);
    }
  }

  private static void checkIdentity(Field device, Violations found) {
    DeviceNames.checkDriver(device.child("driver"), found);
    DeviceNames.checkPool(device.child("pool"), found);
    found.conforms(device.child("device"), Names::label);
    if (device.child("shareID").isPresent()) {
      DeviceNames.checkUid(device.child("shareID"), found);
    }
  }

  private static void checkDevice(Field device, Set<String> allocated, Violations found) {
    checkIdentity(device, found);
    if (!allocated.contains(identity(device))) {
      found.add(
          FieldError.invalid(
              device.path(), identity(device), "must be an allocated device in the claim"));
    }
    found.atMost(device.child("conditions"), MOST_CONDITIONS);
    ConditionRules.check(device.child("conditions"), found);
    Field data = device.child("data");
    if (data.isPresent() && data.value().toString().length() > LONGEST_DATA) {
      found.tooLong(data, LONGEST_DATA);
    }
    Field network = device.child("networkData");
    limit(network.child("interfaceName"), LONGEST_INTERFACE, found);
    limit(network.child("hardwareAddress"), LONGEST_ADDRESS, found);
    if (found.atMost(network.child("ips"), MOST_ADDRESSES)) {
      DeviceNames.checkUnique(network.child("ips").items(), found);
    }
  }

  private static void limit(Field text, int longest, Violations found) {
    if (text.text().length() > longest) {
      found.tooLong(text, longest);
    }
  }
}
