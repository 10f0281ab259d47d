package dev.drydock.apiserver.access.abac;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.request.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Allows what a line of `--authorization-policy-file` allows; has no opinion else.
public record AbacAuthorizer(List<AbacPolicy> policies) implements Authorizer {
  private static final String VERSION = "abac.authorization.kubernetes.io/v1beta1";

  public AbacAuthorizer {
    policies = List.copyOf(policies);
  }

  /// One policy a line, in JSON; empty lines and those that begin with `#` say nothing.
  ///
  /// @throws IllegalArgumentException when the file can't be read, or a line is no policy
  public static AbacAuthorizer read(Path file) {
    try {
      return of(String.valueOf(file), Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  static AbacAuthorizer of(String where, List<String> lines) {
    List<AbacPolicy> policies = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        policies.add(policy(where + ":" + (i + 1), line));
      }
    }
    return new AbacAuthorizer(policies);
  }

  private static AbacPolicy policy(String where, String line) {
    try {
      JsonNode tree = TreeCodec.read(line.getBytes(StandardCharsets.UTF_8));
      if (tree.path("apiVersion").asString("").equals(VERSION)
          && tree.path("kind").asString("").equals("Policy")) {
        return AbacPolicy.of(tree.path("spec"));
      }
    } catch (ApiException malformed) {
      throw new IllegalArgumentException(where + ": " + malformed.getMessage(), malformed);
    }
    throw new IllegalArgumentException(where + ": expected a Policy of " + VERSION);
  }

  @Override
  public String unlisted(User user) {
    boolean any = policies.stream().anyMatch(policy -> policy.subject().matches(user));
    return any ? "ABAC policies are not listed" : "";
  }

  @Override
  public Verdict authorize(AccessAttributes attributes) {
    for (AbacPolicy policy : policies) {
      if (policy.allows(attributes)) {
        return new Verdict.Allow("");
      }
    }
    return new Verdict.NoOpinion("No policy matched.");
  }
}
