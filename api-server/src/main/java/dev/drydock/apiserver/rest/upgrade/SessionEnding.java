package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.apiserver.nodeproxy.PodSession.Event;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a session ended, as it is told on the error stream.
record SessionEnding(Event event) {

  /// A `Status`, as the remote-command protocol has it since its fourth version.
  byte[] status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putObject("metadata");
    switch (event) {
      case Event.Exited(int code) when code == 0 -> status.put("status", "Success");
      case Event.Exited(int code) -> {
        status
            .put("status", "Failure")
            .put("message", words(code))
            .put("reason", "NonZeroExitCode");
        status
            .putObject("details")
            .putArray("causes")
            .addObject()
            .put("reason", "ExitCode")
            .put("message", Integer.toString(code));
      }
      case Event.Failed(String why) -> {
        status.put("status", "Failure").put("message", "Internal error occurred: " + why);
        status.put("reason", "InternalError");
        status.putObject("details").putArray("causes").addObject().put("message", why);
        status.put("code", 500);
      }
      case Event.Printed _ -> status.put("status", "Success");
    }
    return status.toString().getBytes(UTF_8);
  }

  /// What older versions say; empty: all went well.
  byte[] text() {
    String text =
        switch (event) {
          case Event.Exited(int code) -> code == 0 ? "" : words(code);
          case Event.Failed(String why) -> why;
          case Event.Printed _ -> "";
        };
    return text.getBytes(UTF_8);
  }

  private static String words(int code) {
    return "command terminated with non-zero exit code: command terminated with exit code " + code;
  }
}
