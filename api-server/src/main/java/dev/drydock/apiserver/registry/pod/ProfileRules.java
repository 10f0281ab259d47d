package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// Profiles of seccomp and AppArmor, as fields and as the annotations they once were.
final class ProfileRules {
  static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
  static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
  static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final List<String> TYPES = List.of("Localhost", "RuntimeDefault", "Unconfined");
  private static final String LOCAL = "localhost/";
  private static final int LONGEST_PATH = 4095;

  private ProfileRules() {}

  static void checkSeccomp(Field profile, Violations found) {
    if (!profile.isPresent()) {
      return;
    }
    Field type = profile.child("type");
    if (found.present(type, "type is required when seccompProfile is set")) {
      found.oneOf(type, TYPES);
    }
    Field local = profile.child("localhostProfile");
    if (type.text().equals("Localhost")) {
      if (local.isPresent()) {
        Paths.checkDescending(local, found);
      } else {
        found.required(local, "must be set when seccomp type is Localhost");
      }
    } else if (local.isPresent()) {
      found.invalid(
          local,
          InnerForm.of(profile, "Type:\"\"", "LocalhostProfile"),
          "can only be set when seccomp type is Localhost");
    }
  }

  static void checkAppArmor(Field profile, Violations found) {
    if (!profile.isPresent()) {
      return;
    }
    Field type = profile.child("type");
    Field local = profile.child("localhostProfile");
    switch (type.text()) {
      case "Localhost" -> checkLocal(local, found);
      case "RuntimeDefault", "Unconfined" -> {
        if (local.isPresent()) {
          found.invalid(local, "can only be set when AppArmor type is Localhost");
        }
      }
      case "" -> found.required(type, "type is required when appArmorProfile is set");
      default -> found.notSupported(type, TYPES);
    }
  }

  private static void checkLocal(Field local, Violations found) {
    String bare = local.text().strip();
    if (!local.isPresent() || local.text().isEmpty()) {
      found.required(local, "must be set when AppArmor type is Localhost");
    } else if (!bare.equals(local.text())) {
      found.invalid(local, "must not be padded with whitespace");
    }
    if (local.text().length() > LONGEST_PATH) {
      found.tooLong(local, LONGEST_PATH);
    }
  }

  /// What the annotations themselves must be like.
  static void checkAnnotations(Field annotations, Field spec, Violations found) {
    for (Field.Entry entry : annotations.entries()) {
      String key = entry.key();
      if (key.equals(SECCOMP_POD) || key.startsWith(SECCOMP_CONTAINER)) {
        checkOldSeccomp(annotations.path() + "." + key, entry.value().text(), found);
      }
    }
    for (Field.Entry entry : annotations.entries()) {
      if (!entry.key().startsWith(APP_ARMOR)) {
        continue;
      }
      String name = entry.key().substring(APP_ARMOR.length());
      boolean known =
          SystemRules.containers(spec).stream()
              .anyMatch(container -> container.child("name").text().equals(name));
      if (!known) {
        found.invalid(entry.value(), name, "container not found");
      }
      String profile = entry.value().text();
      if (!List.of("", "runtime/default", "unconfined").contains(profile)
          && !profile.startsWith(LOCAL)) {
        found.invalid(entry.value(), "invalid AppArmor profile name: \"" + profile + "\"");
      }
    }
  }

  private static void checkOldSeccomp(String path, String profile, Violations found) {
    if (profile.startsWith(LOCAL)) {
      String local = profile.substring(LOCAL.length());
      if (local.startsWith("/")) {
        found.add(FieldError.invalid(path, local, "must be a relative path"));
      }
      if (Paths.goesBack(local)) {
        found.add(FieldError.invalid(path, local, "must not contain '..'"));
      }
    } else if (!List.of("runtime/default", "docker/default", "unconfined").contains(profile)) {
      found.add(FieldError.invalid(path, profile, "must be a valid seccomp profile"));
    }
  }

  /// Whoever gives both forms gives the same in both.
  static void checkMatch(Field annotations, Field spec, Violations found) {
    Field ofPod = spec.child("securityContext");
    match(annotations.child(SECCOMP_POD), ofPod.child("seccompProfile"), "seccomp", ofPod, found);
    for (Field container : SystemRules.containers(spec)) {
      Field context = container.child("securityContext");
      match(
          annotations.child(SECCOMP_CONTAINER + container.child("name").text()),
          context.child("seccompProfile"),
          "seccomp",
          context,
          found);
    }
    if (spec.child("os", "name").text().equals("windows")) {
      return;
    }
    for (Field container : SystemRules.containers(spec)) {
      Field context = container.child("securityContext");
      Field own = context.child("appArmorProfile");
      match(
          annotations.child(APP_ARMOR + container.child("name").text()),
          own.isPresent() ? own : ofPod.child("appArmorProfile"),
          "apparmor",
          context,
          found);
    }
  }

  private static void match(
      Field annotation, Field profile, String noun, Field context, Violations found) {
    if (!annotation.isPresent() || !profile.isPresent()) {
      return;
    }
    String text = annotation.text();
    boolean docker = noun.equals("seccomp") && text.equals("docker/default");
    boolean sameType =
        switch (profile.child("type").text()) {
          case "Unconfined" -> text.equals("unconfined");
          case "RuntimeDefault" -> text.equals("runtime/default") || docker;
          case "Localhost" -> text.startsWith(LOCAL);
          default -> true;
        };
    Field place = context.child(noun.equals("seccomp") ? "seccompProfile" : "appArmorProfile");
    if (!sameType) {
      found.forbidden(place.child("type"), noun + " type in annotation and field must match");
    } else if (profile.child("type").text().equals("Localhost")
        && !text.substring(LOCAL.length()).equals(profile.child("localhostProfile").text())) {
      found.forbidden(
          place.child("localhostProfile"), noun + " profile in annotation and field must match");
    }
  }
}
