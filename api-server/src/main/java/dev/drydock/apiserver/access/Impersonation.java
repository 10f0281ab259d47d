package dev.drydock.apiserver.access;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.User;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
  private static final String AUTHENTICATION_GROUP = "authentication.k8s.io";

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

  /// The user to act as, after the requester's right to do so has been checked.
  ///
  /// @throws ApiException `Forbidden` when the requester may not; `BadRequest` without a user
  public User resolve(User requester, Authorizer authorizer) {
    if (!isWanted()) {
      return requester;
    }
    if (user.isEmpty()) {
      throw ApiException.of(
          StatusReason.INTERNAL_ERROR,
          "Internal Server Error: \"\": requested "
              + List.of(this)
              + " without impersonating a user name");
    }
    for (AccessAttributes.Resource wanted : needed(requester)) {
      if (!authorizer.authorize(wanted).isAllowed()) {
        throw AccessMessages.forbidden(wanted, "");
      }
    }
    return new User(user, uid, effectiveGroups(), extra);
  }

  private List<AccessAttributes.Resource> needed(User requester) {
    List<AccessAttributes.Resource> needed = new ArrayList<>();
    String[] account = serviceAccount();
    needed.add(
        account.length == 2
            ? wish(requester, "", "serviceaccounts", "", account[0], account[1])
            : wish(requester, "", "users", "", "", user));
    for (String group : groups) {
      needed.add(wish(requester, "", "groups", "", "", group));
    }
    extra.forEach(
        (key, values) -> {
          for (String value : values) {
            needed.add(wish(requester, AUTHENTICATION_GROUP, "userextras", key, "", value));
          }
        });
    if (!uid.isEmpty()) {
      needed.add(wish(requester, AUTHENTICATION_GROUP, "uids", "", "", uid));
    }
    return needed;
  }

  private static AccessAttributes.Resource wish(
      User requester,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name) {
    return new AccessAttributes.Resource(
        requester, "impersonate", group, resource, subresource, namespace, name);
  }

  private List<String> effectiveGroups() {
    List<String> all = new ArrayList<>(groups);
    String[] account = serviceAccount();
    if (account.length == 2 && groups.isEmpty()) {
      all.add("system:serviceaccounts");
      all.add("system:serviceaccounts:" + account[0]);
    }
    boolean anonymous = user.equals(User.ANONYMOUS.name());
    String standing = anonymous ? User.UNAUTHENTICATED : User.AUTHENTICATED;
    if (!all.contains(User.AUTHENTICATED) && !all.contains(User.UNAUTHENTICATED)) {
      all.add(standing);
    }
    return all;
  }

  private String[] serviceAccount() {
    return user.startsWith(SERVICE_ACCOUNT)
        ? user.substring(SERVICE_ACCOUNT.length()).split(":", -1)
        : new String[0];
  }
}
