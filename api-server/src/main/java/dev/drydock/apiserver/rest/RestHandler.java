package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection or one HTTP/2 stream: collects requests, has them answered on virtual
/// threads one after another (so that pipelined ones keep their order), writes the answers. All
/// its state belongs to the event loop.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class RestHandler extends SimpleChannelInboundHandler<HttpObject> {
  /// As Kubernetes' default for JSON bodies.
  static final int MAX_BODY = 3 * 1024 * 1024;

  private static final Logger LOG = Logger.getLogger(RestHandler.class.getName());
  private static final int MAX_WAITING = 64;
  private static final byte[] NO_BODY = new byte[0];

  private final RestServer.Shared shared;
  private final RestRequest.Peer peer;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private @Nullable HttpRequest head;
  private @Nullable ByteArrayOutputStream body;
  private long received;
  private boolean busy;
  private @Nullable ResponseStream stream;

  /// A request, and what its answer needs to know.
  private record Pending(RestRequest request, HttpVersion version, boolean keepAlive) {}

  RestHandler(RestServer.Shared shared, RestRequest.Peer peer) {
    this.shared = shared;
    this.peer = peer;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message.decoderResult().isFailure()) {
      refuse(
          context,
          Status.failure(
              StatusReason.BAD_REQUEST,
              "the request is no valid HTTP: " + message.decoderResult().cause().getMessage()));
      return;
    }
    if (message instanceof HttpRequest request) {
      head = request;
      received = 0;
      body = null;
      if (HttpUtil.is100ContinueExpected(request)) {
        context.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    }
    if (message instanceof HttpContent content && head != null) {
      collect(content.content());
      if (message instanceof LastHttpContent) {
        completed(context, head);
        head = null;
        body = null;
      }
    }
  }

  private void collect(ByteBuf content) {
    int length = content.readableBytes();
    received += length;
    if (length == 0 || received > MAX_BODY) {
      return;
    }
    ByteArrayOutputStream target = body;
    if (target == null) {
      target = new ByteArrayOutputStream(Math.max(length, 256));
      body = target;
    }
    try {
      content.readBytes(target, length);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  private void completed(ChannelHandlerContext context, HttpRequest request) {
    if (received > MAX_BODY) {
      refuse(
          context,
          Status.failure(
              StatusReason.REQUEST_ENTITY_TOO_LARGE,
              "Request entity too large: limit is " + MAX_BODY));
      return;
    }
    String uri = request.uri();
    int question = uri.indexOf('?');
    ByteArrayOutputStream collected = body;
    var complete =
        new RestRequest(
            request.method().name(),
            question < 0 ? uri : uri.substring(0, question),
            question < 0 ? Query.NONE : Query.parse(uri.substring(question + 1)),
            request.headers(),
            collected == null ? NO_BODY : collected.toByteArray(),
            peer,
            shared.clock().instant());
    waiting.add(new Pending(complete, request.protocolVersion(), HttpUtil.isKeepAlive(request)));
    if (waiting.size() >= MAX_WAITING) {
      context.channel().config().setAutoRead(false);
    }
    serveNext(context);
  }

  private void serveNext(ChannelHandlerContext context) {
    if (busy) {
      return;
    }
    Pending next = waiting.poll();
    if (next == null) {
      return;
    }
    busy = true;
    if (waiting.isEmpty() && !context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(true);
    }
    shared.answering().increment();
    shared
        .workers()
        .execute(
            () -> {
              Answer answer = answer(next.request());
              context
                  .executor()
                  .execute(
                      () -> {
                        shared.answering().decrement();
                        write(context, next, answer);
                      });
            });
  }

  private Answer answer(RestRequest request) {
    try {
      return shared.dispatcher().answer(request);
    } catch (ApiException failure) {
      return Answer.status(failure.status());
    } catch (RuntimeException | Error problem) { // whatever it is, the client must not wait forever
      LOG.log(Level.SEVERE, request.method() + " " + request.path() + " failed", problem);
      return Answer.status(ApiException.internalError(String.valueOf(problem)).status());
    }
  }

  private void write(ChannelHandlerContext context, Pending pending, Answer answer) {
    boolean toHead = pending.request().method().equals(HttpMethod.HEAD.name());
    switch (answer) {
      case Answer.Complete complete -> {
        var response =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(complete.code()),
                toHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(complete.body()));
        putHeaders(response.headers(), pending, answer, complete.body().length);
        ChannelFuture written = context.writeAndFlush(response);
        done(context, pending, written);
      }
      case Answer.Upgraded upgraded -> handOver(context, upgraded);
      case Answer.Streaming streaming -> {
        if (!context.channel().isActive() || toHead) {
          streaming.body().close();
        }
        if (!context.channel().isActive()) {
          return;
        }
        var response =
            new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(streaming.code()));
        putHeaders(response.headers(), pending, answer, streaming.body().length());
        context.writeAndFlush(response);
        if (toHead) {
          done(context, pending, context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
          return;
        }
        stream =
            new ResponseStream(
                context,
                streaming.body(),
                last -> {
                  stream = null;
                  done(context, pending, last);
                });
        stream.begin();
      }
    }
  }

  /// Answers `101` and gives the connection away.
  private void handOver(ChannelHandlerContext context, Answer.Upgraded upgraded) {
    Channel channel = context.channel();
    if (!channel.isActive() || channel.pipeline().get(HttpServerCodec.class) == null) {
      upgraded.takeover().abandon();
      context.close();
      return;
    }
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    upgraded.takeover().headers().forEach(response.headers()::set);
    for (Answer.Header header : upgraded.headers()) {
      response.headers().add(header.name(), header.value());
    }
    context.writeAndFlush(response);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.remove(this);
    upgraded.takeover().begin(channel, shared.workers());
    pipeline.remove(HttpServerCodec.class);
  }

  private void putHeaders(HttpHeaders headers, Pending pending, Answer answer, long length) {
    if (!answer.contentType().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    headers.set(HttpHeaderNames.DATE, shared.date().now());
    for (Answer.Header header : answer.headers()) {
      headers.add(header.name(), header.value());
    }
    if (length >= 0) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
    } else if (pending.version().minorVersion() > 0) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
    if (!pending.keepAlive()) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    } else if (pending.version().minorVersion() == 0) {
      headers.set(HttpHeaderNames.CONNECTION, "keep-alive");
    }
  }

  private void done(ChannelHandlerContext context, Pending pending, ChannelFuture written) {
    if (!pending.keepAlive()) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    busy = false;
    serveNext(context);
  }

  /// Answers something that can't be served, and lets the connection go.
  private void refuse(ChannelHandlerContext context, Status status) {
    head = null;
    body = null;
    Answer.Complete answer = Answer.status(status);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.code()),
            Unpooled.wrappedBuffer(answer.body()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    response.headers().set(HttpHeaderNames.DATE, shared.date().now());
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    ResponseStream active = stream;
    if (active != null) {
      active.drain();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ResponseStream active = stream;
    stream = null;
    waiting.clear();
    if (active != null) {
      active.cancel();
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(Level.FINE, "connection of " + peer.address() + " failed", cause);
    context.close();
  }
}
