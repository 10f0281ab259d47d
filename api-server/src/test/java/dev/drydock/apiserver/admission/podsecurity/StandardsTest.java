package dev.drydock.apiserver.admission.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each control says of which pod.
class StandardsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Standard BASELINE = new Standard(Level.BASELINE, Standard.LATEST);
  private static final Standard RESTRICTED = new Standard(Level.RESTRICTED, Standard.LATEST);
  private static final String GOOD =
      "{'runAsNonRoot':true,'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']},"
          + "'seccompProfile':{'type':'RuntimeDefault'}}";

  private static JsonNode read(String loose) {
    return JSON.readTree(loose.replace('\'', '"'));
  }

  private static List<String> of(String spec, Standard standard) {
    return Standards.violations(read("{'spec':{" + spec + "}}"), standard).stream()
        .map(Violation::toString)
        .toList();
  }

  private static String container(String more) {
    return "'containers':[{'name':'c'" + (more.isEmpty() ? "" : "," + more) + "}]";
  }

  @Test
  void baselineForbids() {
    forbids(
        "'hostNetwork':true,'hostPID':true",
        "host namespaces" + " (hostNetwork=true, hostPID=true)");
    forbids(
        "'volumes':[{'name':'v','hostPath':{'path':'/'}}]", "hostPath volumes" + " (volume \"v\")");
    forbids(
        container("'ports':[{'hostPort':80}]"), "hostPort" + " (container \"c\" uses hostPort 80)");
    forbids(
        container("'securityContext':{'privileged':true}"),
        "privileged" + " (container \"c\" must not set securityContext.privileged=true)");
    forbids(
        container("'securityContext':{'procMount':'Unmasked'}"),
        "procMount" + " (container \"c\" must not set securityContext.procMount to \"Unmasked\")");
    forbids(
        container("'securityContext':{'capabilities':{'add':['NET_ADMIN']}}"),
        "non-default capabilities"
            + " (container \"c\" must not include \"NET_ADMIN\" in"
            + " securityContext.capabilities.add)");
    forbids(
        "'securityContext':{'sysctls':[{'name':'kernel.msgmax'}]}",
        "forbidden sysctls" + " (kernel.msgmax)");
    forbids(
        "'securityContext':{'seccompProfile':{'type':'Unconfined'}}",
        "seccompProfile"
            + " (pod must not set securityContext.seccompProfile.type to \"Unconfined\")");
    forbids(
        "'securityContext':{'seLinuxOptions':{'type':'spc_t','user':'u'}}",
        "seLinuxOptions"
            + " (pod set forbidden securityContext.seLinuxOptions: type \"spc_t\";"
            + " user may not be set)");
    forbids(
        "'securityContext':{'windowsOptions':{'hostProcess':true}}",
        "hostProcess" + " (pod must not set securityContext.windowsOptions.hostProcess=true)");
    forbids(
        "'securityContext':{'appArmorProfile':{'type':'Unconfined'}}",
        "forbidden AppArmor profile"
            + " (pod must not set AppArmor profile type to \"Unconfined\")");
  }

  private static void forbids(String spec, String said) {
    assertThat(of(spec, BASELINE)).containsExactly(said);
  }

  @Test
  void anOrdinaryPodKeepsToBaselineButNotToRestricted() {
    assertThat(of(container(""), BASELINE)).isEmpty();
    assertThat(of(container(""), RESTRICTED)).hasSize(4);
  }

  @Test
  void aCarefulPodKeepsToRestricted() {
    assertThat(of(container("'securityContext':" + GOOD), RESTRICTED)).isEmpty();
  }

  @Test
  void restrictedNamesEveryVolumeAndType() {
    assertThat(
            of(
                "'volumes':[{'name':'a','hostPath':{}},{'name':'b','nfs':{}},{'name':'t',"
                    + "'emptyDir':{}}]",
                RESTRICTED))
        .containsExactly(
            "restricted volume types (volumes \"a\", \"b\" use restricted volume types"
                + " \"hostPath\","
                + " \"nfs\")");
  }

  @Test
  void anOlderVersionKnowsFewerControls() {
    String root = container("'securityContext':" + GOOD.replace("}}", "},'runAsUser':0}"));
    assertThat(of(root, new Standard(Level.RESTRICTED, 22))).isEmpty();
    assertThat(of(root, new Standard(Level.RESTRICTED, 23)))
        .containsExactly("runAsUser=0 (container \"c\" must not set runAsUser=0)");
  }

  @Test
  void warningsFollowWhatIsEnforcedUnlessSaidOtherwise() {
    Policy policy =
        Policy.of(
            read("{'metadata':{'labels':{'pod-security.kubernetes.io/enforce':'baseline'}}}"));
    assertThat(policy.warn()).isEqualTo(BASELINE);
    assertThat(policy.audit().level()).isEqualTo(Level.PRIVILEGED);
  }
}
