package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.apiserver.nodeproxy.PodSession;
import dev.drydock.apiserver.nodeproxy.PodSession.Event;
import dev.drydock.apiserver.nodeproxy.PodSession.Voice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// What a process prints, on its way to somebody; and what they say about their window.
final class SessionPump {
  private static final ObjectMapper JSON = JsonMapper.shared();

  private SessionPump() {}

  /// Takes what is printed.
  interface Screen {
    void show(Voice voice, byte[] bytes) throws IOException;
  }

  /// Shows everything until the process ends.
  ///
  /// @return how it ended; null: the client has gone
  static @Nullable Event run(PodSession session, Screen screen) throws InterruptedException {
    try {
      for (Event event = session.next(); ; event = session.next()) {
        switch (event) {
          case Event.Printed(Voice voice, byte[] bytes) -> screen.show(voice, bytes);
          case Event.Exited _, Event.Failed _ -> {
            return event;
          }
        }
      }
    } catch (IOException gone) {
      return null;
    }
  }

  /// A message such as `{"Width":80,"Height":24}`; what can't be read is not listened to.
  static void resize(PodSession session, byte[] message) throws IOException {
    try {
      JsonNode size = JSON.readTree(new String(message, UTF_8));
      int columns = size.path("Width").asInt(0);
      int rows = size.path("Height").asInt(0);
      if (columns > 0 && rows > 0) {
        session.resize(columns, rows);
      }
    } catch (JacksonException unreadable) {
      session.resize(80, 24);
    }
  }
}
