package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import dev.drydock.apiserver.cel.value.Permission;
import dev.drydock.apiserver.cel.value.Permission.Decision;

/// `authorizer.group('apps').resource('deployments').check('create').allowed()`.
final class AuthorizerFunctions {
  private static final long CHECK = 350_000;

  private AuthorizerFunctions() {}

  static Library library() {
    var library = new Library();
    library.type("Authorizer", Permission.AUTHORIZER, Permission.class);
    library.type("PathCheck", Permission.PATH_CHECK, Permission.class);
    library.type("GroupCheck", Permission.GROUP_CHECK, Permission.class);
    library.type("ResourceCheck", Permission.RESOURCE_CHECK, Permission.class);
    library.type("Decision", Permission.DECISION, Decision.class);
    library.member("Authorizer.path(string): PathCheck", a -> of(a).path(nonEmpty(a[1], "path")));
    library.member("Authorizer.group(string): GroupCheck", a -> of(a).group((String) a[1]));
    library.member(
        "Authorizer.serviceAccount(string, string): Authorizer",
        a -> of(a).serviceAccount((String) a[1], (String) a[2]));
    library.member(
        "GroupCheck.resource(string): ResourceCheck",
        a -> of(a).resource(nonEmpty(a[1], "resource")));
    library.member(
        "ResourceCheck.subresource(string): ResourceCheck",
        a -> of(a).with("subresource", (String) a[1]));
    library.member(
        "ResourceCheck.namespace(string): ResourceCheck",
        a -> of(a).with("namespace", (String) a[1]));
    library.member(
        "ResourceCheck.name(string): ResourceCheck", a -> of(a).with("name", (String) a[1]));
    library.member(
        "ResourceCheck.fieldSelector(string): ResourceCheck",
        a -> of(a).with("fieldSelector", (String) a[1]));
    library.member(
        "ResourceCheck.labelSelector(string): ResourceCheck",
        a -> of(a).with("labelSelector", (String) a[1]));
    Cost check = (arguments, result) -> CHECK;
    library.member("PathCheck.check(string): Decision", check, a -> of(a).check((String) a[1]));
    library.member("ResourceCheck.check(string): Decision", check, a -> of(a).check((String) a[1]));
    library.member("Decision.allowed(): bool", a -> ((Decision) a[0]).allowed());
    library.member("Decision.reason(): string", a -> ((Decision) a[0]).reason());
    library.member("Decision.errored(): bool", a -> !((Decision) a[0]).error().isEmpty());
    library.member("Decision.error(): string", a -> ((Decision) a[0]).error());
    return library;
  }

  private static Permission of(Object[] arguments) {
    return (Permission) arguments[0];
  }

  private static String nonEmpty(Object value, String what) {
    if (((String) value).isEmpty()) {
      throw failed(what + " must not be empty");
    }
    return (String) value;
  }
}
