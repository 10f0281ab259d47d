package dev.drydock.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Reads HTTP/1.1 responses as their bytes come in, one after another: the head, then a body of
/// known length or in chunks, whole, without keeping it.
final class ResponseReader {
  private byte[] head = new byte[1024];
  private int headLength;
  private State state = State.HEAD;
  private boolean chunked;
  private long left;
  private int status;
  private boolean complete;

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END
  }

  /// Whether a response has come to its end since this was asked last.
  boolean takeComplete() {
    boolean was = complete;
    complete = false;
    return was;
  }

  int status() {
    return status;
  }

  /// Whether the head is read and the body is not.
  boolean isInBody() {
    return state != State.HEAD;
  }

  /// @throws IOException when it is no HTTP
  void take(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      switch (state) {
        case HEAD -> {
          keep(bytes[at++]);
          if (endsWith("\r\n\r\n")) {
            readHead();
          }
        }
        case BODY, CHUNK -> {
          int part = (int) Math.min(left, to - at);
          at += part;
          left -= part;
          if (left == 0) {
            end(state == State.BODY);
          }
        }
        case CHUNK_SIZE -> {
          keep(bytes[at++]);
          if (endsWith("\r\n")) {
            readSize();
          }
        }
        case CHUNK_END -> {
          keep(bytes[at++]);
          if (endsWith("\r\n")) {
            headLength = 0;
            if (chunked) {
              state = State.CHUNK_SIZE;
            } else {
              end(true);
            }
          }
        }
      }
    }
  }

  /// The last chunk is empty.
  private void readSize() {
    left = Long.parseLong(text().strip(), 16);
    headLength = 0;
    state = left == 0 ? State.CHUNK_END : State.CHUNK;
    chunked = left != 0;
  }

  private void end(boolean whole) {
    state = whole ? State.HEAD : State.CHUNK_END;
    complete |= whole;
  }

  private void keep(byte next) {
    if (headLength == head.length) {
      head = Arrays.copyOf(head, 2 * headLength);
    }
    head[headLength++] = next;
  }

  private boolean endsWith(String end) {
    int offset = headLength - end.length();
    if (offset < 0) {
      return false;
    }
    for (int i = end.length() - 1; i >= 0; i--) {
      if (head[offset + i] != end.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String text() {
    return new String(head, 0, headLength, StandardCharsets.US_ASCII);
  }

  private void readHead() throws IOException {
    String text = text().toLowerCase(Locale.ROOT);
    if (!text.startsWith("http/1.1 ")) {
      throw new IOException("this is no HTTP: " + text);
    }
    headLength = 0;
    status = Integer.parseInt(text, 9, 12, 10);
    chunked = text.contains("\r\ntransfer-encoding: chunked\r\n");
    int length = text.indexOf("\r\ncontent-length:");
    if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (length >= 0) {
      int begin = length + "\r\ncontent-length:".length();
      left = Long.parseLong(text.substring(begin, text.indexOf('\r', begin)).strip());
      state = State.BODY;
      if (left == 0) {
        end(true);
      }
    } else {
      throw new IOException("the response has no length: " + text);
    }
  }
}
