package dev.drydock.apiserver.admission;

import java.util.List;

/// The flags `--enable-admission-plugins` and `--disable-admission-plugins`.
///
/// @param enabled in addition to those that are on by default
/// @param disabled of those that are on by default
/// @param configurations `--admission-control-config-file`
public record AdmissionChoice(
    List<String> enabled, List<String> disabled, PluginConfigurations configurations) {
  public static final AdmissionChoice DEFAULT =
      new AdmissionChoice(List.of(), List.of(), PluginConfigurations.NONE);

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

  /// Without configurations.
  public AdmissionChoice(List<String> enabled, List<String> disabled) {
    this(enabled, disabled, PluginConfigurations.NONE);
  }

  private static void check(String flag, List<String> names) {
    for (String name : names) {
      if (!AdmissionPlugins.names().contains(name)) {
        throw new IllegalArgumentException(flag + " plugin \"" + name + "\" is unknown");
      }
    }
  }
}
