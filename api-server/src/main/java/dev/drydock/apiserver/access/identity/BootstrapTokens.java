package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.User;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tokens of the form `ID.SECRET`, by which new nodes join: each stands in a Secret
/// `bootstrap-token-ID` of kube-system.
public record BootstrapTokens(SecretReader secrets, InstantSource clock) implements BearerTokens {
  private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
  private static final Pattern GROUP =
      Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");
  private static final String EVERYBODY = "system:bootstrappers";

  @Override
  public Reading read(String token, List<String> audiences) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Reading.FOREIGN;
    }
    String id = parts.group(1);
    Optional<SecretReader.Content> secret = secrets.secret("kube-system", "bootstrap-token-" + id);
    if (secret.isEmpty() || !isGood(secret.get(), id, parts.group(2))) {
      return Reading.FOREIGN;
    }
    List<String> groups = new ArrayList<>();
    groups.add(EVERYBODY);
    for (String group : secret.get().data().getOrDefault("auth-extra-groups", "").split(",")) {
      if (!group.isEmpty()) {
        if (!GROUP.matcher(group).matches()) {
          return Reading.FOREIGN;
        }
        groups.add(group);
      }
    }
    return new Reading.Stands(new User("system:bootstrap:" + id, "", groups, Map.of()), audiences);
  }

  private boolean isGood(SecretReader.Content secret, String id, String word) {
    Map<String, String> data = secret.data();
    return secret.type().equals("bootstrap.kubernetes.io/token")
        && id.equals(data.get("token-id"))
        && word.equals(data.get("token-secret"))
        && "true".equals(data.get("usage-bootstrap-authentication"))
        && !isExpired(data.getOrDefault("expiration", ""));
  }

  private boolean isExpired(String expiration) {
    if (expiration.isEmpty()) {
      return false;
    }
    try {
      return !clock.instant().isBefore(Instant.parse(expiration));
    } catch (DateTimeParseException e) {
      return true;
    }
  }
}
