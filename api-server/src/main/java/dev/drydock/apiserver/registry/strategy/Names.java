package dev.drydock.apiserver.registry.strategy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Kubernetes' rules for names, label keys and values.
///
/// Source: the validators of `apimachinery/pkg/util/validation` (limits and messages).
public final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
  private static final String ENV = "[ -<>-~]*";

  private static final String SEARCH_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String SEARCH = SEARCH_LABEL + "(\\." + SEARCH_LABEL + ")*";

  private static final Pattern SEARCH_PATTERN = Pattern.compile(SEARCH);
  private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
  private static final Pattern LABEL_1035_PATTERN = Pattern.compile(LABEL_1035);
  private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);
  private static final Pattern LABEL_VALUE_PATTERN = Pattern.compile("(" + QUALIFIED + ")?");
  private static final Pattern CONFIG_KEY_PATTERN = Pattern.compile(CONFIG_KEY);
  private static final Pattern ENV_PATTERN = Pattern.compile(ENV);

  private static final String NO_DOTS = "must not contain dots";

  private Names() {}

  /// DNS-1123 label.
  public static List<String> label(String name) {
    if (name.length() <= 63 && LABEL_PATTERN.matcher(name).matches()) {
      return List.of();
    }
    if (SUBDOMAIN_PATTERN.matcher(name).matches() && name.indexOf('.') >= 0) {
      return name.length() > 63 ? List.of(tooLong(63), NO_DOTS) : List.of(NO_DOTS);
    }
    return problems(
        name,
        63,
        LABEL_PATTERN,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
            + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
            + " '123-abc', regex used for validation is '"
            + LABEL
            + "')");
  }

  /// DNS-1123 subdomain: what most names must be.
  public static List<String> subdomain(String name) {
    if (name.length() <= 253 && SUBDOMAIN_PATTERN.matcher(name).matches()) {
      return List.of();
    }
    return problems(
        name,
        253,
        SUBDOMAIN_PATTERN,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
            + " or '.', and must start and end with an alphanumeric character (e.g."
            + " 'example.com', regex used for validation is '"
            + SUBDOMAIN
            + "')");
  }

  /// DNS-1035 label: names of Services before 1.36, of other things still.
  public static List<String> label1035(String name) {
    if (name.length() <= 63 && LABEL_1035_PATTERN.matcher(name).matches()) {
      return List.of();
    }
    return problems(
        name,
        63,
        LABEL_1035_PATTERN,
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
            + " an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',"
            + "  or 'abc-123', regex used for validation is '"
            + LABEL_1035
            + "')");
  }

  /// A name that is one segment of a path: of RBAC kinds and the like.
  public static List<String> pathSegment(String name) {
    var problems = new ArrayList<String>();
    if (name.equals(".") || name.equals("..")) {
      problems.add("may not be '" + name + "'");
    }
    for (String part : List.of("/", "%")) {
      if (name.contains(part)) {
        problems.add("may not contain '" + part + "'");
      }
    }
    return problems;
  }

  /// A label or annotation key: `name` or `prefix/name`.
  public static List<String> qualified(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    if (slash < 0 && isShort(name) && QUALIFIED_PATTERN.matcher(name).matches()) {
      return List.of();
    }
    var problems = new ArrayList<String>();
    if (key.indexOf('/') != key.lastIndexOf('/')) {
      problems.add(
          "a valid label key "
              + qualifiedWords()
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
      return problems;
    }
    if (slash == 0) {
      problems.add("prefix part must be non-empty");
    } else if (slash > 0) {
      // Keys are measured in bytes by the words, other names in characters.
      subdomain(key.substring(0, slash))
          .forEach(text -> problems.add("prefix part " + inBytes(text)));
    }
    if (name.isEmpty()) {
      problems.add("name part must be non-empty");
    } else if (!isShort(name)) {
      problems.add("name part " + inBytes(tooLong(63)));
    }
    if (!QUALIFIED_PATTERN.matcher(name).matches()) {
      problems.add("name part " + qualifiedWords());
    }
    return problems;
  }

  public static List<String> labelValue(String value) {
    if (isShort(value) && LABEL_VALUE_PATTERN.matcher(value).matches()) {
      return List.of();
    }
    var problems = new ArrayList<String>();
    problems(
            value,
            63,
            LABEL_VALUE_PATTERN,
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                + " or '.', and must start and end with an alphanumeric character (e.g. 'MyValue', "
                + " or 'my_value',  or '12345', regex used for validation is '("
                + QUALIFIED
                + ")?')")
        .forEach(text -> problems.add(inBytes(text)));
    return problems;
  }

  /// A key of a ConfigMap or Secret.
  public static List<String> configKey(String key) {
    var problems = new ArrayList<String>();
    if (key.length() > 253) {
      problems.add(tooLong(253));
    }
    if (!CONFIG_KEY_PATTERN.matcher(key).matches()) {
      problems.add(
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
              + CONFIG_KEY
              + "')");
    }
    if (key.equals(".") || key.equals("..")) {
      problems.add("must not be '" + key + "'");
    } else if (key.startsWith("..")) {
      problems.add("must not start with '..'");
    }
    return problems;
  }

  /// Name of an environment variable.
  public static List<String> environment(String name) {
    if (name.isEmpty()) {
      return List.of("environment variable name must be non-empty");
    }
    return ENV_PATTERN.matcher(name).matches()
        ? List.of()
        : List.of(
            "a valid environment variable name must consist only of printable ASCII characters"
                + " other than '='");
  }

  /// Name of a container or Service port.
  public static List<String> port(String name) {
    var problems = new ArrayList<String>();
    if (name.length() > 15) {
      problems.add(tooLong(15));
    }
    if (!name.matches("[-a-z0-9]+")) {
      problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!name.matches(".*[a-z].*")) {
      problems.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      problems.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      problems.add("must not begin or end with a hyphen");
    }
    return problems;
  }

  /// `*.example.com`.
  public static List<String> wildcardSubdomain(String name) {
    boolean good = name.startsWith("*.") && subdomain(name.substring(2)).isEmpty();
    return good
        ? List.of()
        : List.of(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS"
                + " subdomain, which must consist of lower case alphanumeric characters, '-' or"
                + " '.' and end with an alphanumeric character (e.g. '*.example.com', regex used"
                + " for validation is '\\*\\."
                + SUBDOMAIN
                + "')");
  }

  /// An identifier of the language C.
  public static List<String> identifier(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? List.of()
        : List.of(
            "a valid C identifier must start with alphabetic character or '_', followed by a"
                + " string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or"
                + " 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')");
  }

  /// Name of a header of HTTP.
  public static List<String> httpHeader(String name) {
    return name.matches("[-A-Za-z0-9]+")
        ? List.of()
        : List.of(
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')");
  }

  /// A name of which only a prefix is given: like the rule, but it may end with a dash.
  public static List<String> prefix(NameRule rule, String prefix) {
    boolean dash = prefix.length() > 1 && prefix.endsWith("-");
    return rule.problems(dash ? prefix.substring(0, prefix.length() - 2) + "a" : prefix);
  }

  /// A domain of a search list: like a subdomain, and underscores are fine.
  public static List<String> searchDomain(String name) {
    return problems(
        name,
        253,
        SEARCH_PATTERN,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_',"
            + " '-' or '.', and must start and end with an alphanumeric character (e.g."
            + " 'example.com', regex used for validation is '"
            + SEARCH
            + "')");
  }

  private static String tooLong(int maximum) {
    return "must be no more than " + maximum + " characters";
  }

  private static String inBytes(String words) {
    return words.startsWith("must be no more than") ? words.replace("characters", "bytes") : words;
  }

  private static boolean isShort(String name) {
    return name.length() <= 63;
  }

  private static String qualifiedWords() {
    return "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
        + " an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used"
        + " for validation is '"
        + QUALIFIED
        + "')";
  }

  private static List<String> problems(String name, int maximum, Pattern pattern, String mismatch) {
    var problems = new ArrayList<String>();
    if (name.getBytes(StandardCharsets.UTF_8).length > maximum) {
      problems.add(tooLong(maximum));
    }
    if (!pattern.matcher(name).matches()) {
      problems.add(mismatch);
    }
    return problems;
  }
}
