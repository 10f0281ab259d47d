package dev.drydock.apiserver.patch;

import static dev.drydock.apiserver.patch.Json.object;
import static dev.drydock.apiserver.patch.Json.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StrategicMergePatchTest {
  private static final Schema POD = Json.schema("v1", "Pod");
  private static final Schema DEPLOYMENT = Json.schema("apps/v1", "Deployment");

  private static JsonNode spec(String before, String patch) {
    return PatchEngine.strategicMerge(
            object("{spec:" + before + "}"), tree("{spec:" + patch + "}"), POD)
        .path("spec");
  }

  @ParameterizedTest(name = "{0} with {1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // containers merge by name
        "{containers:[{name:'a',image:'x',tty:true}]} | {containers:[{name:'a',image:'y'}]} |"
            + " {containers:[{name:'a',image:'y',tty:true}]}",
        // a new element comes before those that the patch does not name
        "{containers:[{name:'a'}]} | {containers:[{name:'b'}]} |"
            + " {containers:[{name:'b'},{name:'a'}]}",
        // an element is deleted
        "{containers:[{name:'a'},{name:'b'}]} | {containers:[{$patch:'delete',name:'a'}]} |"
            + " {containers:[{name:'b'}]}",
        // a list is replaced
        "{containers:[{name:'a'},{name:'b'}]} |"
            + " {containers:[{$patch:'replace'},{name:'c'}]} | {containers:[{name:'c'}]}",
        // the order is given
        "{containers:[{name:'a'},{name:'b'}]} |"
            + " {'$setElementOrder/containers':[{name:'b'},{name:'c'},{name:'a'}],"
            + "containers:[{name:'c'}]} |"
            + " {containers:[{name:'b'},{name:'c'},{name:'a'}]}",
        // an order alone
        "{containers:[{name:'a'},{name:'b'}]} |"
            + " {'$setElementOrder/containers':[{name:'b'},{name:'a'}]} |"
            + " {containers:[{name:'b'},{name:'a'}]}",
        // null removes
        "{nodeName:'n',hostname:'h'} | {nodeName:null} | {hostname:'h'}",
        // a map is replaced or emptied
        "{nodeSelector:{a:'1'}} | {nodeSelector:{$patch:'replace',b:'2'}} |"
            + " {nodeSelector:{b:'2'}}",
        // atomic lists are replaced
        "{tolerations:[{key:'a'}]} | {tolerations:[{key:'b'}]} | {tolerations:[{key:'b'}]}",
        // nested lists of a new element lose their directives
        "{containers:[{name:'a'}]} |"
            + " {containers:[{name:'a','$setElementOrder/env':[{name:'X'}],env:[{name:'X'}]}]} |"
            + " {containers:[{name:'a',env:[{name:'X'}]}]}",
        // only these keys stay
        "{volumes:[{name:'v',emptyDir:{}}]} |"
            + " {volumes:[{name:'v',$retainKeys:['name','hostPath'],hostPath:{path:'/x'}}]} |"
            + " {volumes:[{name:'v',hostPath:{path:'/x'}}]}",
      })
  void merges(String before, String patch, String after) {
    assertThat(spec(before, patch)).isEqualTo(tree(after));
  }

  @Test
  void listsOfScalarsAreUnitedOrCut() {
    var before = object("{metadata:{finalizers:['a','b']}}");
    assertThat(
            PatchEngine.strategicMerge(before, tree("{metadata:{finalizers:['c']}}"), POD)
                .at("/metadata/finalizers"))
        .containsExactlyInAnyOrderElementsOf(tree("['a','b','c']"));
    assertThat(
            PatchEngine.strategicMerge(
                before, tree("{metadata:{'$deleteFromPrimitiveList/finalizers':['a']}}"), POD))
        .isEqualTo(object("{metadata:{finalizers:['b']}}"));
  }

  @Test
  void theStrategyOfADeploymentKeepsOnlyTheRetainedKeys() {
    assertThat(
            PatchEngine.strategicMerge(
                object("{spec:{strategy:{type:'RollingUpdate',rollingUpdate:{maxSurge:1}}}}"),
                tree("{spec:{strategy:{$retainKeys:['type'],type:'Recreate'}}}"),
                DEPLOYMENT))
        .isEqualTo(object("{spec:{strategy:{type:'Recreate'}}}"));
  }

  @Test
  void misusedDirectivesAreRefused() {
    assertThatThrownBy(() -> spec("{}", "{$patch:'explode'}"))
        .hasMessageStartingWith("unknown patch type: explode in map: ");
    assertThatThrownBy(() -> spec("{containers:[]}", "{containers:[{image:'x'}]}"))
        .hasMessageContaining("does not contain declared merge key: name");
    assertThatThrownBy(() -> spec("{a:1}", "{$retainKeys:['a'],b:1}"))
        .hasMessage("patch content doesn't match retainKeys list");
  }
}
