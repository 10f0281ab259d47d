package dev.drydock.apiserver.rest.proxy;

import dev.drydock.apiserver.nodeproxy.Destination.Scheme;
import dev.drydock.apiserver.nodeproxy.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One request and its answer over a tunnel. Netty's codecs do the parsing, without a network of
/// their own. Blocking; for one thread.
public final class HttpExchange implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final Tunnel tunnel;
  private final EmbeddedChannel codec;
  private boolean over;

  public HttpExchange(Tunnel tunnel, Scheme scheme) throws IOException {
    this.tunnel = tunnel;
    this.codec = new EmbeddedChannel();
    if (scheme == Scheme.HTTPS) {
      codec
          .pipeline()
          .addLast(
              SslContextBuilder.forClient()
                  .sslProvider(SslProvider.JDK)
                  .trustManager(InsecureTrustManagerFactory.INSTANCE)
                  .endpointIdentificationAlgorithm(null)
                  .build()
                  .newHandler(codec.alloc()));
    }
    codec.pipeline().addLast(new HttpClientCodec());
  }

  /// Sends the request and waits for the head of the answer.
  ///
  /// @throws IOException when there is none
  public HttpResponse send(OutgoingRequest request) throws IOException {
    var message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            request.target(),
            Unpooled.wrappedBuffer(request.body()),
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    boolean hasBody = request.body().length > 0;
    if (hasBody || request.method().equals("POST") || request.method().equals("PUT")) {
      message.headers().set("Content-Length", request.body().length);
    }
    codec.writeOutbound(message);
    flush();
    while (true) {
      HttpObject next = next();
      if (next == null) {
        throw new IOException("EOF");
      }
      if (next instanceof HttpResponse response) {
        check(response);
        if (response.status().code() >= 200) {
          return response;
        }
      }
      ReferenceCountUtil.release(next);
    }
  }

  /// The next piece of the answer's body; empty: nothing just now.
  ///
  /// @return null at its end
  public byte @Nullable [] read() throws IOException {
    if (over) {
      return null;
    }
    HttpObject next = next();
    if (next == null) {
      over = true;
      return null;
    }
    check(next);
    over = next instanceof LastHttpContent;
    byte[] bytes =
        next instanceof HttpContent content ? ByteBufUtil.getBytes(content.content()) : NOTHING;
    ReferenceCountUtil.release(next);
    return over && bytes.length == 0 ? null : bytes;
  }

  private static void check(HttpObject message) throws IOException {
    DecoderResult result = message.decoderResult();
    if (result.isFailure()) {
      throw new IOException("malformed HTTP response: " + result.cause().getMessage());
    }
  }

  private @Nullable HttpObject next() throws IOException {
    try {
      HttpObject ready = codec.readInbound();
      while (ready == null) {
        byte[] bytes = tunnel.read();
        if (bytes == null) {
          codec.finish();
          return codec.readInbound();
        }
        codec.writeInbound(Unpooled.wrappedBuffer(bytes));
        flush();
        ready = codec.readInbound();
      }
      return ready;
    } catch (io.netty.handler.codec.DecoderException broken) {
      throw new IOException(
          "tls: first record does not look like a TLS handshake: " + broken.getMessage(), broken);
    }
  }

  private void flush() throws IOException {
    for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
      byte[] copy = ByteBufUtil.getBytes(bytes);
      bytes.release();
      tunnel.write(copy);
    }
  }

  @Override
  public void close() {
    tunnel.close();
    codec.finishAndReleaseAll();
  }
}
