package dev.drydock.apiserver.access.asking;

import dev.drydock.apiserver.access.asking.ReviewServer.SilentException;
import dev.drydock.apiserver.access.identity.BearerTokens;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks a server outside whose a token is (`--authentication-token-webhook-config-file`).
///
/// @param version of the TokenReview: `v1`, `v1beta1`
/// @param ourselves what the api-server calls itself
public record TokenReviews(ReviewServer server, String version, List<String> ourselves)
    implements BearerTokens {
  public TokenReviews {
    ourselves = List.copyOf(ourselves);
  }

  @Override
  public Reading read(String token, List<String> audiences) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "TokenReview");
    review.put("apiVersion", "authentication.k8s.io/" + version);
    review.putObject("metadata").putNull("creationTimestamp");
    ObjectNode spec = review.putObject("spec");
    spec.put("token", token);
    if (!audiences.isEmpty()) {
      audiences.forEach(spec.putArray("audiences")::add);
    }
    JsonNode status;
    try {
      status = server.ask(review).path("status");
    } catch (SilentException silent) {
      return new Reading.Refused(String.valueOf(silent.getMessage()));
    }
    if (!status.path("authenticated").asBoolean(false)) {
      String error = status.path("error").asString("");
      return error.isEmpty() ? Reading.FOREIGN : new Reading.Refused(error);
    }
    List<String> meant = texts(status.path("audiences"));
    // A server that knows nothing of audiences speaks for the api-server itself.
    List<String> known = meant.isEmpty() ? ourselves : meant;
    List<String> fitting =
        known.isEmpty() ? audiences : audiences.stream().filter(known::contains).toList();
    return fitting.isEmpty() && !audiences.isEmpty()
        ? Reading.FOREIGN
        : new Reading.Stands(user(status.path("user")), fitting);
  }

  private static User user(JsonNode user) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    user.path("extra").properties().forEach(e -> extra.put(e.getKey(), texts(e.getValue())));
    return new User(
        user.path("username").asString(""),
        user.path("uid").asString(""),
        texts(user.path("groups")),
        extra);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
