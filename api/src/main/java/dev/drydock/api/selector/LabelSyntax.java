package dev.drydock.api.selector;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;

/// What Kubernetes accepts as a label's key and value, and how it says that it doesn't.
public final class LabelSyntax {
  private static final int NAME_LENGTH = 63;
  private static final int PREFIX_LENGTH = 253;
  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  private static final String PREFIX_RULE =
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
          + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g."
          + " 'example.com', regex used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

  private LabelSyntax() {}

  /// What is wrong with a qualified name (a label or annotation key, a taint key, …); empty when
  /// nothing is.
  public static List<String> keyProblems(String key) {
    var problems = new ArrayList<String>();
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    if (slash != key.lastIndexOf('/')) {
      return List.of(
          "a qualified name "
              + NAME_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (slash >= 0) {
      String prefix = key.substring(0, slash);
      if (prefix.isEmpty()) {
        problems.add("prefix part must be non-empty");
      } else if (prefix.length() > PREFIX_LENGTH) {
        problems.add("prefix part must be no more than " + PREFIX_LENGTH + " bytes");
      } else if (!isSubdomain(prefix)) {
        problems.add(PREFIX_RULE);
      }
    }
    if (name.isEmpty()) {
      problems.add("name part must be non-empty");
    } else if (name.length() > NAME_LENGTH) {
      problems.add("name part must be no more than " + NAME_LENGTH + " bytes");
    }
    if (!isName(name)) {
      problems.add("name part " + NAME_RULE);
    }
    return problems;
  }

  /// What is wrong with a label's value; empty when nothing is.
  public static List<String> valueProblems(String value) {
    var problems = new ArrayList<String>();
    if (value.length() > NAME_LENGTH) {
      problems.add("must be no more than " + NAME_LENGTH + " bytes");
    }
    if (!value.isEmpty() && !isName(value)) {
      problems.add(VALUE_RULE);
    }
    return problems;
  }

  static void checkKey(String key) {
    List<String> problems = keyProblems(key);
    if (!problems.isEmpty()) {
      throw ApiException.badRequest(
          Requirement.unable(FieldError.invalid("<nil>", key, String.join("; ", problems))));
    }
  }

  static void checkValue(String key, String value, int position) {
    List<String> problems = valueProblems(value);
    if (!problems.isEmpty()) {
      throw ApiException.badRequest(
          Requirement.unable(
              FieldError.invalid(
                  "values[" + position + "][" + key + "]", value, String.join("; ", problems))));
    }
  }

  private static boolean isName(String text) {
    int last = text.length() - 1;
    if (last < 0 || !isAlphanumeric(text.charAt(0)) || !isAlphanumeric(text.charAt(last))) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isSubdomain(String text) {
    for (String part : text.split("\\.", -1)) {
      int last = part.length() - 1;
      if (last < 0 || part.charAt(0) == '-' || part.charAt(last) == '-') {
        return false;
      }
      for (int i = 0; i <= last; i++) {
        char c = part.charAt(i);
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
