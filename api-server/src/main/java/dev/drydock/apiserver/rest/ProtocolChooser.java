package dev.drydock.apiserver.rest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// After the TLS handshake: HTTP/2 or HTTP/1.1, as client and server agreed.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class ProtocolChooser extends ApplicationProtocolNegotiationHandler {
  private static final Logger LOG = Logger.getLogger(ProtocolChooser.class.getName());
  private static final int FLUSH_AFTER = 256;
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_HEADERS = 256 * 1024;
  private static final int WINDOW = 1024 * 1024;

  private final RestServer.Shared shared;

  ProtocolChooser(RestServer.Shared shared) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.shared = shared;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext context, String protocol) {
    ChannelPipeline pipeline = context.pipeline();
    RestRequest.Peer peer = peer(context.channel());
    pipeline.addLast(new FlushConsolidationHandler(FLUSH_AFTER, true));
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      pipeline.addLast(
          Http2FrameCodecBuilder.forServer()
              .initialSettings(
                  Http2Settings.defaultSettings()
                      .maxConcurrentStreams(1000)
                      .initialWindowSize(WINDOW)
                      .maxHeaderListSize(MAX_HEADERS))
              .build(),
          new Http2MultiplexHandler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                  stream
                      .pipeline()
                      .addLast(
                          new Http2StreamFrameToHttpObjectCodec(true, false),
                          new RestHandler(shared, peer));
                }
              }));
    } else {
      pipeline.addLast(
          new HttpServerCodec(
              new HttpDecoderConfig()
                  .setMaxInitialLineLength(MAX_LINE)
                  .setMaxHeaderSize(MAX_HEADERS)
                  .setMaxChunkSize(MAX_LINE)),
          new RestHandler(shared, peer));
    }
  }

  private static RestRequest.Peer peer(Channel channel) {
    String address =
        channel.remoteAddress() instanceof InetSocketAddress remote
            ? remote.getAddress().getHostAddress()
            : "";
    return new RestRequest.Peer(address, certificate(channel));
  }

  private static @Nullable X509Certificate certificate(Channel channel) {
    try {
      return (X509Certificate)
          channel.pipeline().get(SslHandler.class).engine().getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  @Override
  protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
    LOG.log(Level.FINE, "TLS handshake failed", cause);
    context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(Level.FINE, "connection failed", cause);
    context.close();
  }
}
