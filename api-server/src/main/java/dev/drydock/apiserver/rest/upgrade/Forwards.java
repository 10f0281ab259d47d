package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.rest.upgrade.SpdyForward.Carrier;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/// Chooses how forwarded ports go over the connection, by what the client offers.
public final class Forwards {
  private static final String TUNNELLED = "SPDY/3.1+" + SpdyVersions.FORWARD;

  private Forwards() {}

  /// @param ports from the query; clients that use SPDY name them later
  /// @param onEnd called once, when all is over
  /// @throws ApiException `BadRequest` when the client wants no upgrade, or none that we know
  public static Takeover takeover(
      HttpHeaders request, List<Integer> ports, PortDialer dialer, Runnable onEnd) {
    if (WebSockets.isWanted(request)) {
      List<String> offered = WebSockets.protocols(request);
      if (offered.contains(TUNNELLED)) {
        return new SpdyForward(
            WebSockets.answer(request, TUNNELLED), Carrier.WEB_SOCKET, dialer, onEnd);
      }
      ChannelProtocol protocol =
          ChannelProtocol.choose(offered)
              .orElseThrow(() -> ApiException.badRequest("unable to upgrade: unable to negotiate"));
      if (ports.isEmpty()) {
        throw ApiException.badRequest("query parameter \"port\" is required");
      }
      return new SocketForward(
          WebSockets.answer(request, protocol.text()), protocol, ports, dialer, onEnd);
    }
    if (SpdyVersions.isWanted(request)) {
      List<String> offered = SpdyVersions.wanted(request);
      if (!offered.contains(SpdyVersions.FORWARD)) {
        throw ApiException.badRequest(
            "unable to upgrade: unable to negotiate protocol: client supports "
                + offered
                + ", server accepts ["
                + SpdyVersions.FORWARD
                + "]");
      }
      return new SpdyForward(
          SpdyVersions.answer(SpdyVersions.FORWARD), Carrier.CONNECTION, dialer, onEnd);
    }
    throw ApiException.badRequest("Upgrade request required");
  }
}
