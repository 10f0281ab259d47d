package dev.drydock.apiserver.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The file of the audit log, which is turned over when it is full. Used by one thread.
final class AuditFile implements AutoCloseable {
  private static final long MEGABYTE = 1 << 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

  private final Settings settings;
  private final InstantSource clock;
  private Writer out;
  private long size;

  /// @param path `--audit-log-path`; `-`: standard output
  /// @param mostMegabytes `--audit-log-maxsize`; 0: 100
  /// @param mostBackups `--audit-log-maxbackup`; 0: all
  /// @param mostDays `--audit-log-maxage`; 0: for ever
  public record Settings(Path path, int mostMegabytes, int mostBackups, int mostDays) {
    boolean isStandardOutput() {
      return path.toString().equals("-");
    }

    long mostBytes() {
      return (mostMegabytes <= 0 ? 100 : mostMegabytes) * MEGABYTE;
    }
  }

  AuditFile(Settings settings, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.out = open();
  }

  private Writer open() throws IOException {
    if (settings.isStandardOutput()) {
      return new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    }
    Path path = settings.path();
    size = Files.exists(path) ? Files.size(path) : 0;
    return Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void line(String text) throws IOException {
    if (!settings.isStandardOutput() && size > 0 && size + text.length() > settings.mostBytes()) {
      turnOver();
    }
    out.append(text).append('\n');
    size += text.length() + 1;
  }

  void flush() throws IOException {
    out.flush();
  }

  private void turnOver() throws IOException {
    out.close();
    Path path = settings.path();
    Files.move(path, path.resolveSibling(prefix() + STAMP.format(clock.instant()) + suffix()));
    out = open();
    removeOld();
  }

  /// `audit.log` is kept as `audit-2026-01-31T23-59-59.000.log`.
  private String prefix() {
    String name = String.valueOf(settings.path().getFileName());
    int dot = name.lastIndexOf('.');
    return (dot < 0 ? name : name.substring(0, dot)) + "-";
  }

  private String suffix() {
    String name = String.valueOf(settings.path().getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  private void removeOld() throws IOException {
    List<Path> backups = new ArrayList<>();
    Path folder = settings.path().toAbsolutePath().getParent();
    try (Stream<Path> files = folder == null ? Stream.empty() : Files.list(folder)) {
      files.filter(file -> isBackup(file)).sorted().forEach(backups::add);
    }
    int surplus = settings.mostBackups() <= 0 ? 0 : backups.size() - settings.mostBackups();
    Instant oldest = clock.instant().minus(Duration.ofDays(settings.mostDays()));
    for (int i = 0; i < backups.size(); i++) {
      boolean old = settings.mostDays() > 0 && stamp(backups.get(i)).isBefore(oldest);
      if (i < surplus || old) {
        Files.deleteIfExists(backups.get(i));
      }
    }
  }

  private boolean isBackup(Path file) {
    return !stamp(file).equals(Instant.MAX);
  }

  private Instant stamp(Path file) {
    String name = String.valueOf(file.getFileName());
    String prefix = prefix();
    String suffix = suffix();
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) {
      return Instant.MAX;
    }
    try {
      return STAMP.parse(
          name.substring(
              prefix.length(), Math.max(prefix.length(), name.length() - suffix.length())),
          Instant::from);
    } catch (DateTimeParseException other) {
      return Instant.MAX;
    }
  }

  @Override
  public void close() throws IOException {
    if (settings.isStandardOutput()) {
      out.flush();
    } else {
      out.close();
    }
  }
}
