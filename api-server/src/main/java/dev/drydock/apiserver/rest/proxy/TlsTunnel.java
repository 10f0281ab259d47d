package dev.drydock.apiserver.rest.proxy;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A tunnel inside of which TLS is spoken. The handshake happens with the first reading.
public final class TlsTunnel implements Tunnel {
  private final Tunnel plain;
  private final SslHandler handler;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final EmbeddedChannel tls;

  /// Guarded by the lock.
  private @Nullable Throwable problem;

  /// @param engine of a client
  public TlsTunnel(Tunnel plain, SSLEngine engine) throws IOException {
    this.plain = plain;
    this.handler = new SslHandler(engine);
    this.tls = new EmbeddedChannel(handler, new Listening());
    flush();
  }

  /// Hears of what goes wrong: the channel itself would only log it.
  private final class Listening extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (problem == null) {
        problem = cause;
      }
    }
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    while (true) {
      byte[] ready = decrypted();
      if (ready != null) {
        return ready;
      }
      byte[] bytes = plain.read();
      if (bytes == null) {
        return null;
      }
      lock.lock();
      try {
        tls.writeInbound(Unpooled.wrappedBuffer(bytes));
        flush();
        if (problem != null) {
          throw refused(problem);
        }
      } catch (SSLException broken) {
        flush();
        throw refused(broken);
      } finally {
        lock.unlock();
      }
    }
  }

  private byte @Nullable [] decrypted() {
    lock.lock();
    try {
      ByteBuf ready = tls.readInbound();
      if (ready == null) {
        return null;
      }
      byte[] bytes = ByteBufUtil.getBytes(ready);
      ready.release();
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private static IOException refused(Throwable broken) {
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        String problem = "tls: failed to verify certificate: x509: " + cause.getMessage();
        return new IOException(problem, broken);
      }
    }
    return new IOException("remote error: tls: " + broken.getMessage(), broken);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    lock.lock();
    try {
      tls.writeOutbound(Unpooled.wrappedBuffer(bytes));
      flush();
    } catch (SSLException broken) {
      throw refused(broken);
    } finally {
      lock.unlock();
    }
  }

  private void flush() throws IOException {
    for (ByteBuf bytes = tls.readOutbound(); bytes != null; bytes = tls.readOutbound()) {
      byte[] copy = ByteBufUtil.getBytes(bytes);
      bytes.release();
      plain.write(copy);
    }
  }

  @Override
  public void endOutput() throws IOException {
    lock.lock();
    try {
      var _ = handler.closeOutbound();
      flush();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    plain.close();
    lock.lock();
    try {
      tls.finishAndReleaseAll();
    } catch (RuntimeException unfinished) {
      // What was on its way when the tunnel ended is lost, as it must be.
    } finally {
      lock.unlock();
    }
  }
}
