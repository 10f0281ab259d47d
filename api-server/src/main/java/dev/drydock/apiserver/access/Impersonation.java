package dev.drydock.apiserver.access;

import dev.drydock.apiserver.request.User;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The wish to act as somebody else: the `Impersonate-*` headers.
///
/// @param user `Impersonate-User`; empty: none
/// @param uid `Impersonate-Uid`; empty: none
/// @param groups each `Impersonate-Group`
/// @param extra each `Impersonate-Extra-KEY`, key in lower case and percent-decoded
public record Impersonation(
    String user, String uid, List<String> groups, Map<String, List<String>> extra) {
  public static final Impersonation NONE = new Impersonation("", "", List.of(), Map.of());

  private static final String EXTRA = "impersonate-extra-";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
  private static final String NODE = "system:node:";
  static final String AUTHENTICATION_GROUP = "authentication.k8s.io";
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern PREFIXED = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[^\\s]+");

  public Impersonation {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /// What the headers `Impersonate-*` wish for.
  public static Impersonation of(RequestHeaders headers) {
    boolean any = false;
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (String name : headers.names()) {
      if (name.regionMatches(true, 0, "impersonate-", 0, 12)) {
        any = true;
        if (name.regionMatches(true, 0, EXTRA, 0, EXTRA.length())) {
          extra
              .computeIfAbsent(
                  decoded(name.substring(EXTRA.length()).toLowerCase(Locale.ROOT)),
                  _ -> new ArrayList<>())
              .addAll(headers.values(name));
        }
      }
    }
    return any
        ? new Impersonation(
            first(headers, "Impersonate-User"),
            first(headers, "Impersonate-Uid"),
            headers.values("Impersonate-Group"),
            extra)
        : NONE;
  }

  private static String first(RequestHeaders headers, String name) {
    List<String> values = headers.values(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return key;
    }
  }

  public boolean isWanted() {
    return !user.isEmpty() || !uid.isEmpty() || !groups.isEmpty() || !extra.isEmpty();
  }

  /// A service account, as a user's name says it.
  record Account(String namespace, String name) {}

  /// Empty: the user is something else.
  static Optional<Account> accountOf(String user) {
    if (!user.startsWith(SERVICE_ACCOUNT)) {
      return Optional.empty();
    }
    String[] parts = user.substring(SERVICE_ACCOUNT.length()).split(":", -1);
    return parts.length == 2
            && LABEL.matcher(parts[0]).matches()
            && SUBDOMAIN.matcher(parts[1]).matches()
        ? Optional.of(new Account(parts[0], parts[1]))
        : Optional.empty();
  }

  /// The node that is the user; empty: it is something else.
  String node() {
    String name = user.startsWith(NODE) ? user.substring(NODE.length()) : "";
    return SUBDOMAIN.matcher(name).matches() ? name : "";
  }

  boolean isNameOnly() {
    return uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
  }

  /// What constrained modes have against the extra values; empty: nothing.
  String wrongExtra() {
    for (Map.Entry<String, List<String>> entry : extra.entrySet()) {
      String key = entry.getKey();
      if (key.isEmpty()) {
        return "impersonating the empty string key in extra is not allowed";
      }
      if (!PREFIXED.matcher(key).matches()) {
        return "impersonating an invalid key in extra is not allowed: extra.key: Invalid value: \""
            + key
            + "\": must be a domain-prefixed path (such as \"acme.io/foo\")";
      }
      if (entry.getValue().isEmpty()) {
        return "impersonating empty values in extra is not allowed";
      }
      if (entry.getValue().contains("")) {
        return "impersonating the empty string value in extra is not allowed";
      }
    }
    return "";
  }

  /// The user with these groups, and with those that follow from the name.
  User effective(List<String> chosen) {
    List<String> all = new ArrayList<>(chosen);
    Optional<Account> account = accountOf(user);
    if (account.isPresent() && chosen.isEmpty()) {
      all.add("system:serviceaccounts");
      all.add("system:serviceaccounts:" + account.get().namespace());
    }
    if (user.equals(User.ANONYMOUS.name())) {
      if (!all.contains(User.UNAUTHENTICATED)) {
        all.add(User.UNAUTHENTICATED);
      }
    } else if (!all.contains(User.UNAUTHENTICATED) && !all.contains(User.AUTHENTICATED)) {
      all.add(User.AUTHENTICATED);
    }
    return new User(user, uid, all, extra);
  }

  /// In the words of Kubernetes' messages.
  String described() {
    return "&user.DefaultInfo{Name:\""
        + user
        + "\", UID:\""
        + uid
        + "\", Groups:"
        + (groups.isEmpty()
            ? "[]string(nil)"
            : "[]string{\"" + String.join("\", \"", groups) + "\"}")
        + ", Extra:map[string][]string"
        + (extra.isEmpty() ? "(nil)" : extra)
        + "}";
  }
}
