package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a volume that gathers several sources must be like.
final class ProjectionRules {
  private static final List<String> KINDS =
      List.of(
          "secret",
          "configMap",
          "downwardAPI",
          "serviceAccountToken",
          "clusterTrustBundle",
          "podCertificate");
  private static final String TWICE = "conflicting duplicate paths";
  private static final long SHORTEST = 600;
  private static final long LONGEST = 1L << 32;

  private ProjectionRules() {}

  static void check(Field projected, Violations found) {
    Paths.checkMode(projected.child("defaultMode"), found);
    Set<String> paths = new HashSet<>();
    for (Field source : projected.child("sources").items()) {
      int kinds = 0;
      for (String kind : KINDS) {
        if (source.child(kind).isPresent()) {
          kinds++;
          checkSource(kind, source.child(kind), projected, paths, found);
        }
      }
      if (kinds > 1) {
        found.forbidden(source, "may not specify more than 1 volume type per source");
      }
    }
  }

  private static void checkSource(
      String kind, Field field, Field projected, Set<String> paths, Violations found) {
    switch (kind) {
      case "secret", "configMap" -> {
        found.present(field.child("name"), "");
        for (Field item : field.child("items").items()) {
          VolumeRules.checkItem(item, found);
          if (!item.child("path").isEmpty() && !paths.add(item.child("path").text())) {
            found.invalid(projected, field.child("name").text(), TWICE);
          }
        }
      }
      case "downwardAPI" -> {
        for (Field item : field.child("items").items()) {
          VolumeRules.checkDownward(field, item, found);
          addPath(item.child("path"), projected, paths, found);
        }
      }
      case "serviceAccountToken" -> checkToken(field, projected, found);
      case "clusterTrustBundle" -> {
        checkBundle(field, found);
        found.present(field.child("path"), "");
        Paths.checkProjected(field.child("path"), found);
        addPath(field.child("path"), projected, paths, found);
      }
      default -> {
        // its files are the signer's business
      }
    }
  }

  private static void addPath(Field path, Field projected, Set<String> paths, Violations found) {
    if (!path.isEmpty() && !paths.add(path.text())) {
      found.invalid(projected, path.text(), TWICE);
    }
  }

  private static void checkToken(Field token, Field projected, Violations found) {
    Field seconds = token.child("expirationSeconds");
    if (seconds.number(SHORTEST) < SHORTEST) {
      found.invalid(seconds, "may not specify a duration less than 10 minutes");
    } else if (seconds.number(SHORTEST) > LONGEST) {
      found.invalid(seconds, "may not specify a duration larger than 2^32 seconds");
    }
    // The real path leaves the source out.
    Field path = projected.child("path").showing(token.child("path").value());
    if (found.present(path, "")) {
      Paths.checkProjected(path, found);
    }
  }

  private static void checkBundle(Field bundle, Violations found) {
    Field name = bundle.child("name");
    Field signer = bundle.child("signerName");
    if (name.isPresent() && signer.isPresent()) {
      found.invalid(
          bundle,
          InnerForm.of(bundle, "Name", "SignerName", "LabelSelector", "Optional", "Path:\"\""),
          "only one of name and signerName may be used");
    } else if (name.isPresent()) {
      if (name.isEmpty()) {
        found.required(name, "must be a valid object name");
      }
      int colon = name.text().lastIndexOf(':');
      Names.subdomain(name.text().substring(colon + 1))
          .forEach(
              problem -> found.invalid(name, "not a valid clustertrustbundlename: " + problem));
      if (bundle.child("labelSelector").isPresent()) {
        found.invalid(
            bundle.child("labelSelector"), "labelSelector must be unset if name is specified");
      }
    } else if (signer.isPresent()) {
      found.present(signer, "must be a valid signer name");
      Labels.checkSelector(bundle.child("labelSelector"), found);
    } else {
      found.required(bundle, "either name or signerName must be specified");
    }
  }
}
