package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.rest.HealthCheck.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/healthz`, `/livez`, `/readyz`, and one path per check below each.
final class HealthPage implements Page {
  private final List<HealthCheck> checks;

  HealthPage(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  @Override
  public Optional<Answer> answer(RestRequest request) {
    for (Part part : Part.values()) {
      if (request.path().equals(part.path()) || request.path().equals(part.path() + "/")) {
        return Optional.of(all(part, request.query()));
      }
      if (request.path().startsWith(part.path() + "/")) {
        return one(part, request.path().substring(part.path().length() + 1));
      }
    }
    return Optional.empty();
  }

  private Optional<Answer> one(Part part, String name) {
    return checks.stream()
        .filter(check -> check.parts().contains(part) && check.name().equals(name))
        .findFirst()
        .map(
            check ->
                check.isWell().get()
                    ? Answer.text(200, "ok")
                    : Answer.text(500, "internal server error: " + name + " is not well\n"));
  }

  private Answer all(Part part, Query query) {
    var report = new StringBuilder();
    boolean well = true;
    for (HealthCheck check : checks) {
      if (!check.parts().contains(part)) {
        continue;
      }
      if (query.all("exclude").contains(check.name())) {
        report.append("[+]").append(check.name()).append(" excluded: ok\n");
      } else if (check.isWell().get()) {
        report.append("[+]").append(check.name()).append(" ok\n");
      } else {
        well = false;
        report.append("[-]").append(check.name()).append(" failed: reason withheld\n");
      }
    }
    String name = part.path().substring(1);
    if (!well) {
      return Answer.text(500, report + name + " check failed\n");
    }
    return Answer.text(200, query.has("verbose") ? report + name + " check passed\n" : "ok");
  }

  @Override
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (Part part : Part.values()) {
      paths.add(part.path());
      checks.stream()
          .filter(check -> check.parts().contains(part))
          .forEach(check -> paths.add(part.path() + "/" + check.name()));
    }
    return paths;
  }
}
