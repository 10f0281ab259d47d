package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a webhook is reached: at a URL, or at a Service.
///
/// Source: `apiserver/pkg/util/webhook`.
public final class WebhookClients {
  private static final long HTTPS = 443;
  private static final long HIGHEST_PORT = 65535;
  private static final String FORM = "; desired format: https://host[/path]";

  private WebhookClients() {}

  public static void check(Field client, Violations found) {
    Field url = client.child("url");
    Field service = client.child("service");
    if (url.isPresent() == service.isPresent()) {
      found.required(client, "exactly one of url or service is required");
    } else if (url.isPresent()) {
      checkUrl(url, found);
    } else {
      checkService(service, found);
    }
  }

  /// As in Kubernetes, an error about one of the two names is told of the other.
  private static void checkService(Field service, Violations found) {
    if (service.child("namespace").isEmpty()) {
      found.required(service.child("name"), "");
    }
    if (service.child("name").isEmpty()) {
      found.required(service.child("namespace"), "");
    }
    long port = service.child("port").number(HTTPS);
    if (port < 1 || port > HIGHEST_PORT) {
      found.invalid(
          service.child("port"), "port is not valid: must be between 1 and 65535, inclusive");
    }
    checkPath(service.child("path"), found);
  }

  private static void checkPath(Field path, Violations found) {
    String text = path.text();
    if (text.isEmpty() || text.equals("/")) {
      return;
    }
    if (text.equals("//")) {
      found.invalid(path, "segment[0] may not be empty");
      return;
    }
    if (!text.startsWith("/")) {
      found.invalid(path, "must start with a '/'");
    }
    List<String> steps = List.of(text.substring(1).replaceFirst("/$", "").split("/", -1));
    for (int i = 0; i < steps.size(); i++) {
      String place = "segment[" + i + "]";
      if (steps.get(i).isEmpty()) {
        found.invalid(path, place + " may not be empty");
        continue;
      }
      for (String problem : Names.subdomain(steps.get(i))) {
        found.invalid(path, place + ": " + problem);
      }
    }
  }

  private static void checkUrl(Field url, Violations found) {
    URI uri;
    try {
      uri = URI.create(url.text());
    } catch (IllegalArgumentException e) {
      found.required(url, "url must be a valid URL: " + e.getMessage() + FORM);
      return;
    }
    String scheme = text(uri.getScheme());
    if (!scheme.equals("https")) {
      part(url, scheme, "'https' is the only allowed URL scheme" + FORM, found);
    }
    if (text(uri.getRawAuthority()).isEmpty()) {
      part(url, "", "host must be specified" + FORM, found);
    }
    absent(url, text(uri.getRawUserInfo()), "user information is", found);
    absent(url, text(uri.getFragment()), "fragments are", found);
    absent(url, text(uri.getRawQuery()), "query parameters are", found);
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static void absent(Field url, String part, String what, Violations found) {
    if (!part.isEmpty()) {
      part(url, part, what + " not permitted in the URL", found);
    }
  }

  private static void part(Field url, String part, String problem, Violations found) {
    found.add(FieldError.invalid(url.path(), part, problem));
  }
}
