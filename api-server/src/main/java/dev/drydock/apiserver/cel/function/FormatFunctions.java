package dev.drydock.apiserver.cel.function;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.cel.value.Maybe;
import dev.drydock.apiserver.cel.value.Named;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Kubernetes' named formats: `format.dns1123Label().validate(name)`.
final class FormatFunctions {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final int LABEL_LENGTH = 63;
  private static final int SUBDOMAIN_LENGTH = 253;

  private FormatFunctions() {}

  /// A format with its name.
  record Format(String name, Function<String, List<String>> check) implements Named {
    @Override
    public String typeName() {
      return "kubernetes.NamedFormat";
    }
  }

  static Library library() {
    var library = new Library();
    library.type("Format", "kubernetes.NamedFormat", Format.class);
    Map<String, Format> formats = formats();
    formats.forEach((name, format) -> library.global("format." + name + "(): Format", a -> format));
    library.global(
        "format.named(string): optional(Format)", a -> Maybe.of(formats.get((String) a[0])));
    library.member(
        "Format.validate(string): optional(list(string))",
        (a, result) -> Cost.ceil(((String) a[1]).length() * Cost.TEXT),
        a -> {
          List<String> wrong = ((Format) a[0]).check().apply((String) a[1]);
          return wrong.isEmpty() ? Maybe.NONE : Maybe.of(wrong);
        });
    return library;
  }

  private static Map<String, Format> formats() {
    Map<String, Format> formats = new LinkedHashMap<>();
    String label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
            + " must start and end with an alphanumeric character (e.g. 'my-name',  or"
            + " '123-abc', regex used for validation is '"
            + "[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    String subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
            + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is '"
            + "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    String label1035 =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
            + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
            + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    pattern(formats, "dns1123Label", LABEL, LABEL_LENGTH, label);
    pattern(formats, "dns1123Subdomain", SUBDOMAIN, SUBDOMAIN_LENGTH, subdomain);
    pattern(formats, "dns1035Label", "[a-z]([-a-z0-9]*[a-z0-9])?", LABEL_LENGTH, label1035);
    pattern(formats, "dns1123LabelPrefix", LABEL + "-?", LABEL_LENGTH, label);
    pattern(formats, "dns1123SubdomainPrefix", SUBDOMAIN + "[-.]?", SUBDOMAIN_LENGTH, subdomain);
    pattern(formats, "dns1035LabelPrefix", "[a-z]([-a-z0-9]*[a-z0-9])?-?", LABEL_LENGTH, label1035);
    qualified(formats);
    parsed(formats, "uri", text -> URI.create(text).isAbsolute() || text.startsWith("/"));
    parsed(formats, "uuid", text -> UUID.fromString(text).toString().equalsIgnoreCase(text));
    parsed(formats, "byte", text -> Base64.getDecoder().decode(text) != null);
    parsed(formats, "date", text -> LocalDate.parse(text) != null);
    parsed(formats, "datetime", text -> KubernetesTime.parse(text) != null);
    return formats;
  }

  private static void qualified(Map<String, Format> formats) {
    pattern(
        formats,
        "qualifiedName",
        "(" + SUBDOMAIN + "/)?" + QUALIFIED,
        SUBDOMAIN_LENGTH + LABEL_LENGTH + 1,
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
            + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
            + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
    pattern(
        formats,
        "labelValue",
        "(" + QUALIFIED + ")?",
        LABEL_LENGTH,
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
            + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
            + " 'my_value',  or '12345', regex used for validation is"
            + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
  }

  private static void pattern(
      Map<String, Format> formats, String name, String pattern, int most, String message) {
    Pattern compiled = Pattern.compile(pattern);
    formats.put(
        name,
        new Format(
            name,
            text -> {
              if (text.length() > most) {
                return List.of("must be no more than " + most + " characters");
              }
              return compiled.matcher(text).matches() ? List.of() : List.of(message);
            }));
  }

  private static void parsed(
      Map<String, Format> formats, String name, Function<String, Boolean> reads) {
    formats.put(
        name,
        new Format(
            name,
            text -> {
              boolean fits;
              try {
                fits = reads.apply(text);
              } catch (IllegalArgumentException | DateTimeException e) {
                fits = false;
              }
              return fits ? List.of() : List.of("invalid " + name);
            }));
  }
}
