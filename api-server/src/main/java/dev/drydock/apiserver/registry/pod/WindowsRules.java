package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What the options of Windows containers may be.
final class WindowsRules {
  private static final int LARGEST_CREDENTIAL = 64 * 1024;
  private static final int LONGEST_DOMAIN = 256;
  private static final int LONGEST_USER = 104;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NET_BIOS =
      Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
  private static final Pattern BAD_IN_USER = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
  private static final Pattern ONLY_DOTS = Pattern.compile("[. ]+");

  private WindowsRules() {}

  static void check(Field options, Violations found) {
    Field name = options.child("gmsaCredentialSpecName");
    if (name.isPresent()) {
      found.conforms(name, Names::subdomain);
    }
    Field credential = options.child("gmsaCredentialSpec");
    if (credential.isPresent()) {
      int length = credential.text().getBytes(StandardCharsets.UTF_8).length;
      if (length == 0) {
        found.invalid(credential, "gmsaCredentialSpec cannot be an empty string");
      } else if (length > LARGEST_CREDENTIAL) {
        found.invalid(credential, "gmsaCredentialSpec size must be under 64 KiB");
      }
    }
    Field user = options.child("runAsUserName");
    if (user.isPresent()) {
      checkUser(user, found);
    }
  }

  private static void checkUser(Field field, Violations found) {
    String text = field.text();
    String[] parts = text.split("\\\\", -1);
    if (text.isEmpty()) {
      found.invalid(field, "runAsUserName cannot be an empty string");
    } else if (CONTROL.matcher(text).find()) {
      found.invalid(field, "runAsUserName cannot contain control characters");
    } else if (parts.length > 2) {
      found.invalid(field, "runAsUserName cannot contain more than one backslash");
    } else {
      if (parts.length == 2) {
        checkDomain(field, parts[0], found);
      }
      checkName(field, parts[parts.length - 1], found);
    }
  }

  private static void checkDomain(Field field, String domain, Violations found) {
    if (domain.length() >= LONGEST_DOMAIN) {
      found.invalid(
          field, "runAsUserName's Domain length must be under " + LONGEST_DOMAIN + " characters");
    }
    if (!NET_BIOS.matcher(domain).matches() && !Names.subdomain(domain).isEmpty()) {
      found.invalid(field, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    }
  }

  private static void checkName(Field field, String user, Violations found) {
    if (user.isEmpty()) {
      found.invalid(field, "runAsUserName's User cannot be empty");
    } else if (user.length() > LONGEST_USER) {
      found.invalid(
          field,
          "runAsUserName's User length must not be longer than " + LONGEST_USER + " characters");
    }
    if (ONLY_DOTS.matcher(user).matches()) {
      found.invalid(field, "runAsUserName's User cannot contain only periods or spaces");
    }
    if (BAD_IN_USER.matcher(user).find()) {
      found.invalid(
          field,
          "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }
  }
}
