package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.nodeproxy.PodSessions;
import dev.drydock.apiserver.nodeproxy.PodSessions.Wish;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/// Chooses how a session goes over the connection, by what the client offers.
public final class Sessions {
  private Sessions() {}

  /// @param onEnd called once, when all is over
  /// @throws ApiException `BadRequest` when the client wants no upgrade, or none that we know
  public static Takeover takeover(
      HttpHeaders request, Wish wish, PodSessions.Ready ready, Runnable onEnd) {
    if (WebSockets.isWanted(request)) {
      List<String> offered = WebSockets.protocols(request);
      ChannelProtocol protocol =
          ChannelProtocol.choose(offered)
              .orElseThrow(() -> ApiException.badRequest("unable to upgrade: unable to negotiate"));
      return new SocketSession(
          WebSockets.answer(request, protocol.text()), protocol, wish, ready, onEnd);
    }
    if (SpdyVersions.isWanted(request)) {
      List<String> offered = SpdyVersions.wanted(request);
      String version =
          offered.stream()
              .filter(SpdyVersions.SESSIONS::contains)
              .findFirst()
              .orElseThrow(
                  () ->
                      ApiException.badRequest(
                          "unable to upgrade: unable to negotiate protocol: client supports "
                              + offered
                              + ", server accepts "
                              + SpdyVersions.SESSIONS));
      return new SpdySession(SpdyVersions.answer(version), version, wish, ready, onEnd);
    }
    throw ApiException.badRequest("Upgrade request required");
  }
}
