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

  @Option(
      names = "--audit-webhook-config-file",
      description = "A kubeconfig: to which server events go.")
  private @Nullable Path webhook;

  @Option(
      names = "--audit-webhook-mode",
      defaultValue = "batch",
      description = "batch, or blocking: the request waits.")
  private String webhookMode = "batch";

  @Option(
      names = "--audit-webhook-batch-max-size",
      defaultValue = "400",
      description = "Events in one message.")
  private int webhookMost = 400;

  @Option(
      names = "--audit-webhook-batch-max-wait",
      defaultValue = "30s",
      description = "How long a message waits for more events.")
  private String webhookWait = "30s";

  @Option(
      names = "--audit-webhook-batch-buffer-size",
      defaultValue = "10000",
      description = "Events that may wait.")
  private int webhookBuffer = 10_000;

  /// Null: there is no audit log.
  AuditLog.@Nullable Settings settings() {
    if (path == null && webhook == null) {
      return null;
    }
    if (!format.equals("json")) {
      throw new BadFlagException("--audit-log-format: \"" + format + "\" is not json");
    }
    return new AuditLog.Settings(
        policy(),
        path == null ? null : new AuditLog.Files(path, mostMegabytes, mostBackups, mostDays),
        webhook == null ? null : server(webhook));
  }

  private AuditLog.Server server(Path kubeconfig) {
    AuditLog.Server.Mode mode =
        switch (webhookMode) {
          case "batch" -> AuditLog.Server.Mode.BATCH;
          case "blocking" -> AuditLog.Server.Mode.BLOCKING;
          default ->
              throw new BadFlagException(
                  "--audit-webhook-mode: \"" + webhookMode + "\" is none of batch, blocking");
        };
    if (webhookMost < 1 || webhookBuffer < 1) {
      throw new BadFlagException("--audit-webhook-batch-*: sizes must be at least 1");
    }
    return new AuditLog.Server(
        kubeconfig,
        mode,
        webhookMost,
        Flags.duration("--audit-webhook-batch-max-wait", webhookWait),
        webhookBuffer);
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
