package dev.drydock.kubelet.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.kubelet.runtime.ContainerLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/// A container's log as one growing array of records: seconds, nanoseconds, length, bytes. When it
/// is full the oldest quarter goes.
final class LogBuffer implements ContainerLog {
  static final int CAPACITY = 256 * 1024;
  private static final int HEADER = 16;
  private static final int LONGEST_LINE = 16 * 1024;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  @GuardedBy("this")
  private ByteBuffer records = ByteBuffer.allocate(256);

  /// Absolute position of the first byte that is kept.
  @GuardedBy("this")
  private long base;

  @GuardedBy("this")
  private boolean ended;

  LogBuffer(InstantSource clock) {
    this.clock = clock;
  }

  /// A stream whose lines go into the log.
  OutputStream writer() {
    return new Lines();
  }

  synchronized void finish() {
    ended = true;
    int used = records.position();
    records = ByteBuffer.wrap(Arrays.copyOf(records.array(), used)).position(used);
    notifyAll();
  }

  private synchronized void append(byte[] bytes, int length) {
    if (ended) {
      return;
    }
    makeRoom(HEADER + length);
    Instant now = clock.instant();
    records.putLong(now.getEpochSecond()).putInt(now.getNano()).putInt(length);
    records.put(bytes, 0, length);
    notifyAll();
  }

  @GuardedBy("this")
  private void makeRoom(int needed) {
    if (records.remaining() >= needed) {
      return;
    }
    int used = records.position();
    if (used + needed > CAPACITY) {
      int drop = 0;
      while (drop < used && used - drop + needed > CAPACITY * 3 / 4) {
        drop += HEADER + records.getInt(drop + 12);
      }
      ByteBuffer kept = ByteBuffer.allocate(CAPACITY);
      kept.put(records.array(), drop, used - drop);
      records = kept;
      base += drop;
    } else {
      int size = Math.min(CAPACITY, Math.max(records.capacity() * 2, used + needed));
      records = ByteBuffer.allocate(size).put(records.array(), 0, used);
    }
  }

  /// How many bytes it takes.
  synchronized int size() {
    return records.position();
  }

  /// The last bytes, for a termination message.
  synchronized String tail(int maxBytes, int maxLines) {
    StringBuilder text = new StringBuilder();
    long at = startOf(maxLines);
    while (at < end()) {
      text.append(new String(bytesAt(at), UTF_8));
      at = after(at);
    }
    return text.substring(Math.max(0, text.length() - maxBytes));
  }

  @Override
  public void read(Request request, OutputStream sink) throws IOException, InterruptedException {
    long position = first(request);
    long left = request.limitBytes() == null ? Long.MAX_VALUE : request.limitBytes();
    boolean follow = request.options().contains(Option.FOLLOW);
    while (left > 0) {
      byte[] line;
      Instant time;
      synchronized (this) {
        position = Math.max(position, base);
        while (follow && !ended && position >= end()) {
          wait();
          position = Math.max(position, base);
        }
        if (position >= end()) {
          return;
        }
        line = bytesAt(position);
        time = timeAt(position);
        position = after(position);
      }
      if (request.since() != null && time.isBefore(request.since())) {
        continue;
      }
      if (request.options().contains(Option.TIMESTAMPS)) {
        line = join((TIME.format(time) + " ").getBytes(UTF_8), line);
      }
      sink.write(line, 0, (int) Math.min(left, line.length));
      left -= line.length;
    }
  }

  private synchronized long first(Request request) {
    return request.tailLines() == null ? base : startOf(request.tailLines());
  }

  @GuardedBy("this")
  private long startOf(long lines) {
    long count = 0;
    for (long at = base; at < end(); at = after(at)) {
      count++;
    }
    long at = base;
    for (long skip = count - lines; skip > 0; skip--) {
      at = after(at);
    }
    return at;
  }

  @GuardedBy("this")
  private long end() {
    return base + records.position();
  }

  @GuardedBy("this")
  private long after(long position) {
    return position + HEADER + records.getInt((int) (position - base) + 12);
  }

  @GuardedBy("this")
  private Instant timeAt(long position) {
    int at = (int) (position - base);
    return Instant.ofEpochSecond(records.getLong(at), records.getInt(at + 8));
  }

  @GuardedBy("this")
  private byte[] bytesAt(long position) {
    int at = (int) (position - base);
    int length = records.getInt(at + 12);
    return Arrays.copyOfRange(records.array(), at + HEADER, at + HEADER + length);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /// Cuts what is written into lines.
  private final class Lines extends OutputStream {
    @GuardedBy("this")
    private byte[] partial = new byte[0];

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      int start = from;
      for (int at = from; at < from + length; at++) {
        if (bytes[at] == '\n' || at - start >= LONGEST_LINE) {
          byte[] line = join(partial, Arrays.copyOfRange(bytes, start, at + 1));
          append(line, line.length);
          partial = new byte[0];
          start = at + 1;
        }
      }
      if (start < from + length) {
        partial = join(partial, Arrays.copyOfRange(bytes, start, from + length));
      }
    }

    @Override
    public synchronized void close() {
      if (partial.length > 0) {
        append(partial, partial.length);
        partial = new byte[0];
      }
    }
  }
}
