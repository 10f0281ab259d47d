package dev.drydock.apiserver.admission;

import java.util.List;

/// The flags `--enable-admission-plugins` and `--disable-admission-plugins`.
///
/// @param enabled in addition to those that are on by default
/// @param disabled of those that are on by default
public record AdmissionChoice(List<String> enabled, List<String> disabled) {
  public static final AdmissionChoice DEFAULT = new AdmissionChoice(List.of(), List.of());

  /// @throws IllegalArgumentException for a name that no plugin has, or that is in both lists
  public AdmissionChoice {
    enabled = List.copyOf(enabled);
    disabled = List.copyOf(disabled);
    check("enable-admission-plugins", enabled);
    check("disable-admission-plugins", disabled);
    for (String name : enabled) {
      if (disabled.contains(name)) {
        throw new IllegalArgumentException(
            name + " in enable-admission-plugins and disable-admission-plugins overlapped");
      }
    }
  }

  private static void check(String flag, List<String> names) {
    for (String name : names) {
      if (!AdmissionPlugins.names().contains(name)) {
        throw new IllegalArgumentException(flag + " plugin \"" + name + "\" is unknown");
      }
    }
  }
}
