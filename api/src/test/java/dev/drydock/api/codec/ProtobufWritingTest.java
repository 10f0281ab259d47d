package dev.drydock.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schemas;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ProtobufWritingTest {
  private final ProtobufCodec codec = new ProtobufCodec(Schemas.builtIn());

  @Test
  void everyBuiltInKindComesBackAsItWas() {
    List<String> differences = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (var info : BuiltInTypes.get().all()) {
      GroupVersionKind kind = info.type().groupVersionKind();
      if (!codec.writes(kind)) {
        without.add(kind.toString());
        continue;
      }
      ObjectNode sample = SampleObject.of(kind, Schemas.builtIn().kind(kind).orElseThrow());
      compare(kind.kind(), sample, codec.read(codec.write(sample)), differences);
    }
    assertThat(differences).isEmpty();
    assertThat(without).isEmpty();
  }

  private static void compare(
      String path, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isObject() && actual != null && actual.isObject()) {
      var names = new java.util.TreeSet<>(expected.propertyNames());
      names.addAll(actual.propertyNames());
      for (String name : names) {
        if (!expected.has(name)) {
          differences.add(path + "." + name + " appeared");
        } else {
          compare(path + "." + name, expected.get(name), actual.get(name), differences);
        }
      }
    } else if (expected.isArray() && actual != null && actual.size() == expected.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "[" + i + "]", expected.get(i), actual.get(i), differences);
      }
    } else if (!expected.equals(actual)) {
      differences.add(path + ": " + expected + " became " + actual);
    }
  }

  private static ObjectNode json(String text) {
    return TreeCodec.read(
        text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Runtime.Unknown unknown(byte[] body) throws InvalidProtocolBufferException {
    assertThat(ProtobufCodec.isProtobuf(body)).isTrue();
    return Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
  }

  @Test
  void aListIsItsHeadAndItsItems() throws Exception {
    var kind = new GroupVersionKind("", "v1", "Pod");
    byte[] first = codec.item(kind, json("{'metadata':{'name':'a'}}"));
    byte[] second =
        codec.item(kind, json("{'metadata':{'name':'b'},'spec':{'volumes':[{'emptyDir':{}}]}}"));
    byte[] head =
        codec.listHead(
            new GroupVersionKind("", "v1", "PodList"),
            json("{'resourceVersion':'7','remainingItemCount':3}"),
            first.length + second.length);
    Runtime.Unknown body =
        unknown(
            ByteString.copyFrom(head)
                .concat(ByteString.copyFrom(first))
                .concat(ByteString.copyFrom(second))
                .toByteArray());
    assertThat(body.getTypeMeta().getKind()).isEqualTo("PodList");
    V1.PodList list = V1.PodList.parseFrom(body.getRaw());
    assertThat(list.getMetadata().getRemainingItemCount()).isEqualTo(3);
    assertThat(list.getItemsList())
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("a", "b");
    assertThat(list.getItems(1).getSpec().getVolumes(0).getVolumeSource().hasEmptyDir()).isTrue();
  }

  @Test
  void anEventIsAFrameAroundABody() throws Exception {
    byte[] body = codec.writePartial(json("{'metadata':{'name':'a','generation':-1}}"));
    assertThat(unknown(body).getTypeMeta().getApiVersion()).isEqualTo("meta.k8s.io/v1");
    byte[] frame = ProtobufCodec.watchFrame("ADDED", body);
    assertThat(java.nio.ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
    Meta.WatchEvent event = Meta.WatchEvent.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
    assertThat(event.getType()).isEqualTo("ADDED");
    assertThat(event.getObject().getRaw().toByteArray()).isEqualTo(body);
    assertThat(
            Meta.PartialObjectMetadata.parseFrom(unknown(body).getRaw())
                .getMetadata()
                .getGeneration())
        .isEqualTo(-1);
  }

  @Test
  void aStatusIsAnObjectToo() throws Exception {
    byte[] body =
        codec.write(
            json(
                "{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure','code':404,"
                    + "'details':{'name':'x','causes':[{'reason':'R','field':'f'}]}}"));
    Meta.Status status = Meta.Status.parseFrom(unknown(body).getRaw());
    assertThat(status.getCode()).isEqualTo(404);
    assertThat(status.getDetails().getCauses(0).getField()).isEqualTo("f");
  }
}
