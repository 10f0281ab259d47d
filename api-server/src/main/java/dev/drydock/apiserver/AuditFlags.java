package dev.drydock.apiserver;

import dev.drydock.apiserver.audit.AuditLog;
import dev.drydock.apiserver.audit.AuditPolicy;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags `--audit-*`.
final class AuditFlags {
  @Option(
      names = "--audit-log-path",
      description = "Where the audit log goes; - is standard output; default: none.")
  private @Nullable Path path;

  @Option(
      names = "--audit-policy-file",
      description = "What goes into it; default: who did what, once it is done.")
  private @Nullable Path policyFile;

  @Option(names = "--audit-log-maxsize", defaultValue = "100", description = "In megabytes.")
  private int mostMegabytes;

  @Option(names = "--audit-log-maxbackup", defaultValue = "0", description = "0: keep all.")
  private int mostBackups;

  @Option(names = "--audit-log-maxage", defaultValue = "0", description = "In days; 0: any.")
  private int mostDays;

  @Option(names = "--audit-log-format", defaultValue = "json", description = "Only json.")
  private String format = "json";

  /// Null: there is no audit log.
  AuditLog.@Nullable Settings settings() {
    if (path == null) {
      return null;
    }
    if (!format.equals("json")) {
      throw new BadFlagException("--audit-log-format: \"" + format + "\" is not json");
    }
    return new AuditLog.Settings(policy(), path, mostMegabytes, mostBackups, mostDays);
  }

  private AuditPolicy policy() {
    if (policyFile == null) {
      return AuditPolicy.usual();
    }
    try {
      return AuditPolicy.read(policyFile);
    } catch (IOException e) {
      throw new BadFlagException("--audit-policy-file: cannot read " + policyFile);
    } catch (IllegalArgumentException e) {
      throw new BadFlagException("--audit-policy-file: " + e.getMessage());
    }
  }
}
