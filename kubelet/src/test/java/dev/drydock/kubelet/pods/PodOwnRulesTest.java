package dev.drydock.kubelet.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.kubelet.files.ProjectedVolume.Content;
import dev.drydock.kubelet.network.PodSandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a pod says of its own names and of its kernel's settings.
class PodOwnRulesTest {
  private static final PodSandbox.Resolver CLUSTER =
      new PodSandbox.Resolver(List.of("10.96.0.10"), List.of("cluster.local"), List.of());

  private static Pod pod(String spec) {
    String json = "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":" + spec + "}";
    return TypedCodec.read(json.replace('\'', '"').getBytes(UTF_8), Pod.class);
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{}                                                               | web  | web",
        "{'hostname':'h'}                                                 | h    | h",
        "{'hostname':'h','subdomain':'s'}                                 | h    | h",
        "{'hostname':'h','subdomain':'s','setHostnameAsFQDN':true}        |"
            + " h.s.shop.svc.cluster.local | h",
        "{'hostname':'h','setHostnameAsFQDN':true}                        | h    | h",
        "{'hostname':'h','subdomain':'s','hostnameOverride':'my.own'}     | my.own | my.own",
        "{'hostNetwork':true,'nodeName':'node-1'}                         | node-1 | node-1",
      })
  void theHostHasTheNameThatThePodWants(String spec, String host, String shortName) {
    assertThat(PodNames.ofHost(pod(spec), CLUSTER)).isEqualTo(host);
    assertThat(PodNames.shortName(pod(spec))).isEqualTo(shortName);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "kernel.shm_rmid_forced     | {}                   | -",
        "net/ipv4/tcp_syncookies    | {}                   | -",
        "kernel.msgmax              | {}                   | forbidden sysctl: \"kernel.msgmax\""
            + " not allowlisted",
        "net.ipv4.tcp_fin_timeout   | {'hostNetwork':true} | forbidden sysctl:"
            + " \"net.ipv4.tcp_fin_timeout\" not allowed with host net enabled",
        "kernel.shm_rmid_forced     | {'hostIPC':true}     | forbidden sysctl:"
            + " \"kernel.shm_rmid_forced\" not allowed with host ipc enabled",
      })
  void onlySafeSettingsMayBeMade(String name, String spec, String refused) {
    var found =
        KernelSettings.judge(
            pod(
                spec.replace(
                    "{",
                    "{'securityContext':{'sysctls':[{'name':'"
                        + name
                        + "','value':'1'}]}"
                        + (spec.equals("{}") ? "" : ","))));
    assertThat(found.map(verdict -> verdict.reason() + ": " + verdict.message()).orElse(null))
        .isEqualTo(refused == null ? null : "SysctlForbidden: Pod was rejected: " + refused);
  }

  @Test
  void settingsAreFiles() throws IOException {
    var files =
        KernelSettings.files(
            pod("{'securityContext':{'sysctls':[{'name':'kernel.shm_rmid_forced','value':'1'}]}}"));
    assertThat(text(files.get("kernel/shm_rmid_forced"))).isEqualTo("1\n");
    assertThat(text(files.get("net/ipv4/tcp_fin_timeout"))).isEqualTo("60\n");
  }

  private static String text(@Nullable Content file) throws IOException {
    return new String(Objects.requireNonNull(file).read(), UTF_8);
  }
}
