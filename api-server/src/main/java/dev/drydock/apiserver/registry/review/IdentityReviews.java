package dev.drydock.apiserver.registry.review;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.access.TokenChecker;
import dev.drydock.apiserver.access.TokenChecker.Finding;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions about identity. Each method writes the answer into the body's status.
public final class IdentityReviews {
  private final TokenChecker tokens;

  public IdentityReviews(TokenChecker tokens) {
    this.tokens = tokens;
  }

  /// Whose token is this?
  public void token(RequestContext context, Target target, ObjectNode body) {
    String token = Trees.text(body, "spec", "token");
    if (token.isEmpty()) {
      throw ApiException.badRequest("token is required for TokenReview in authentication");
    }
    ObjectNode status = body.putObject("status");
    switch (tokens.check(token, Trees.texts(body, "spec", "audiences"))) {
      case Finding.Valid(User user, List<String> audiences) -> {
        status.put("authenticated", true);
        write(user, status.putObject("user"));
        ArrayNode list = status.putArray("audiences");
        audiences.forEach(list::add);
      }
      case Finding.Invalid(String reason) -> {
        status.putObject("user");
        status.put("error", reason);
      }
    }
  }

  /// Who am I?
  public void self(RequestContext context, Target target, ObjectNode body) {
    Trees.child(body, "metadata")
        .put("creationTimestamp", KubernetesTime.seconds(context.received()));
    write(context.user(), body.putObject("status").putObject("userInfo"));
  }

  private static void write(User user, ObjectNode info) {
    info.put("username", user.name());
    if (!user.uid().isEmpty()) {
      info.put("uid", user.uid());
    }
    ArrayNode groups = info.putArray("groups");
    user.groups().forEach(groups::add);
    if (!user.extra().isEmpty()) {
      ObjectNode extra = info.putObject("extra");
      for (Map.Entry<String, List<String>> entry : user.extra().entrySet()) {
        ArrayNode values = extra.putArray(entry.getKey());
        entry.getValue().forEach(values::add);
      }
    }
  }
}
