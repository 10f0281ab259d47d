package dev.drydock.apiserver.rest.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.nodeproxy.PodSession.Event;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelProtocolTest {

  @ParameterizedTest
  @CsvSource({
    "v5.channel.k8s.io v4.channel.k8s.io, V5",
    "v9.channel.k8s.io v4.channel.k8s.io, V4",
    "v4.base64.channel.k8s.io, V4_BASE64",
    "base64.channel.k8s.io, V1_BASE64",
    "channel.k8s.io, V1",
    "'', UNNAMED"
  })
  void theFirstWishThatIsKnownIsGranted(String wanted, ChannelProtocol chosen) {
    List<String> wishes = wanted.isEmpty() ? List.of() : List.of(wanted.split(" ", -1));
    assertThat(ChannelProtocol.choose(wishes)).contains(chosen);
  }

  @Test
  void anUnknownProtocolIsRefused() {
    assertThat(ChannelProtocol.choose(List.of("soap"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ChannelProtocol.class)
  void aMessageComesBackAsItWasSent(ChannelProtocol protocol) {
    WebSocketFrame frame = protocol.encode(1, "grüße\n".getBytes(UTF_8));
    ChannelProtocol.Message message = protocol.decode(frame);
    frame.release();
    assertThat(message)
        .isNotNull()
        .satisfies(it -> assertThat(it.channel()).isEqualTo(1))
        .satisfies(it -> assertThat(new String(it.bytes(), UTF_8)).isEqualTo("grüße\n"));
  }

  @Test
  void channelsHaveTheirNumberInFrontAsAByteOrADigit() {
    WebSocketFrame bytes = ChannelProtocol.V4.encode(2, new byte[] {65});
    assertThat(ByteBufUtil.getBytes(bytes.content())).containsExactly(2, 65);
    bytes.release();
    WebSocketFrame text = ChannelProtocol.V4_BASE64.encode(2, new byte[] {65});
    assertThat(((TextWebSocketFrame) text).text()).isEqualTo("2QQ==");
    text.release();
  }

  @Test
  void onlyTheFifthVersionClosesChannels() {
    assertThat(List.of(ChannelProtocol.values()))
        .filteredOn(ChannelProtocol::closesChannels)
        .containsExactly(ChannelProtocol.V5);
    assertThat(ChannelProtocol.V5.decode(new PongWebSocketFrame())).isNull();
  }

  @Test
  void anExitCodeIsTheCauseOfAFailure() {
    assertThat(new String(new SessionEnding(new Event.Exited(3)).status(), UTF_8))
        .isEqualTo(
            "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"command terminated with non-zero"
                + " exit code: command terminated with exit code"
                + " 3\",\"reason\":\"NonZeroExitCode\","
                + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}");
    assertThat(new String(new SessionEnding(new Event.Exited(0)).status(), UTF_8))
        .isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
    assertThat(new SessionEnding(new Event.Exited(0)).text()).isEmpty();
  }

  @Test
  void aProcessThatNeverWasIsAnInternalError() {
    assertThat(new String(new SessionEnding(new Event.Failed("no")).status(), UTF_8))
        .contains("\"reason\":\"InternalError\"")
        .contains("\"message\":\"Internal error occurred: no\"")
        .contains("\"code\":500");
  }
}
