package dev.drydock.apiserver.rest.upgrade;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.Executor;

/// What a connection does from its answer `101 Switching Protocols` on.
public interface Takeover {

  /// Headers of the answer, `Upgrade` among them.
  Map<String, String> headers();

  /// Takes the connection over; on its event loop, when the HTTP handlers are gone.
  ///
  /// @param workers each task gets a virtual thread
  void begin(Channel channel, Executor workers);

  /// The connection was lost before that.
  void abandon();
}
