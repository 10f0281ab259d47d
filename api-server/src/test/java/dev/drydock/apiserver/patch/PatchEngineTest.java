package dev.drydock.apiserver.patch;

import static dev.drydock.apiserver.patch.Json.object;
import static dev.drydock.apiserver.patch.Json.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PatchEngineTest {

  @ParameterizedTest(name = "{0} with {1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{a:1} | [{op:'add',path:'/b',value:2}] | {a:1,b:2}",
        "{a:[1,3]} | [{op:'add',path:'/a/1',value:2}] | {a:[1,2,3]}",
        "{a:[1]} | [{op:'add',path:'/a/-',value:2}] | {a:[1,2]}",
        "{a:1,b:2} | [{op:'remove',path:'/b'}] | {a:1}",
        "{a:[1,2,3]} | [{op:'remove',path:'/a/1'}] | {a:[1,3]}",
        "{a:1} | [{op:'replace',path:'/a',value:{b:1}}] | {a:{b:1}}",
        "{a:{b:1},c:{}} | [{op:'move',from:'/a/b',path:'/c/d'}] | {a:{},c:{d:1}}",
        "{a:[1,2,3]} | [{op:'move',from:'/a/0',path:'/a/2'}] | {a:[2,3,1]}",
        "{a:{b:1}} | [{op:'copy',from:'/a',path:'/c'}] | {a:{b:1},c:{b:1}}",
        "{a:1} | [{op:'test',path:'/a',value:1.0}] | {a:1}",
        "{'a/b':1,'m~n':2} | [{op:'remove',path:'/a~1b'},{op:'remove',path:'/m~0n'}] | {}",
        "{a:1} | [{op:'add',path:'',value:{z:1}}] | {z:1}",
        "{a:1} | [] | {a:1}",
        "{a:1} | null | {a:1}",
      })
  void jsonPatch(String before, String patch, String after) {
    assertThat(PatchEngine.json(object(before), tree(patch))).isEqualTo(tree(after));
  }

  @ParameterizedTest(name = "{0} does not take {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{a:1} | [{op:'remove',path:'/b'}]",
        "{a:1} | [{op:'replace',path:'/b',value:1}]",
        "{a:1} | [{op:'test',path:'/a',value:2}]",
        "{a:[1]} | [{op:'add',path:'/a/3',value:2}]",
        "{a:[1]} | [{op:'add',path:'/a/01',value:2}]",
        "{a:1} | [{op:'add',path:'/b/c',value:2}]",
        "{a:1} | [{op:'add',path:'b',value:1}]",
        "{a:{b:1}} | [{op:'move',from:'/a',path:'/a/b'}]",
        "{a:1} | [{op:'add',path:'/b',value:1},{op:'remove',path:'/c'}]",
      })
  void aJsonPatchThatDoesNotFitChangesNothing(String before, String patch) {
    ObjectNode object = object(before);
    assertThatThrownBy(() -> PatchEngine.json(object, tree(patch)))
        .hasMessage("the server rejected our request due to an error in our request")
        .extracting(e -> ((ApiException) e).reason())
        .isEqualTo(StatusReason.INVALID);
    assertThat(object).isEqualTo(object(before));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{op:'add',path:'/b'} | failed to decode 'value': operation, missing value field: missing"
            + " value",
        "{op:'move',path:'/b'} | failed to decode 'from': operation, missing from field: missing"
            + " value",
        "{op:'remove'} | failed to decode 'path': operation missing path field: missing value",
        "{op:'sing',path:'/b'} | unsupported operation",
        "{path:'/b'} | unsupported operation",
      })
  void anOperationThatIsNoneIsABadRequest(String operation, String problem) {
    JsonNode wrong = tree(operation);
    assertThatThrownBy(() -> PatchEngine.json(object("{a:1}"), tree("[" + operation + "]")))
        .hasMessage("invalid operation " + wrong + ": " + problem)
        .extracting(e -> ((ApiException) e).reason())
        .isEqualTo(StatusReason.BAD_REQUEST);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | object into Go value of type []handlers.jsonPatchOp",
        "[5] | number into Go value of type handlers.jsonPatchOp",
        "[{op:5,path:'/b'}] | number into Go struct field jsonPatchOp.op of type string",
        "[{op:'copy',path:'/b',from:[]}] | array into Go struct field jsonPatchOp.from of type"
            + " string",
      })
  void anOperationIsAnObjectOfTexts(String patch, String problem) {
    assertThatThrownBy(() -> PatchEngine.json(object("{a:1}"), tree(patch)))
        .hasMessage("error decoding patch: json: cannot unmarshal " + problem)
        .extracting(e -> ((ApiException) e).reason())
        .isEqualTo(StatusReason.BAD_REQUEST);
  }

  @Test
  void membersOfOperationsThatNobodyKnowsAreToldAfterWhatWasWrongWithTheText() {
    JsonNode patch = tree("[{op:'test',path:'/a',value:1},{op:'remove',path:'/a',Op:1,z:{y:1}}]");
    assertThat(PatchEngine.lapses(patch, List.of("duplicate field \"[0].op\"")))
        .containsExactly(
            "json patch duplicate field \"[0].op\"",
            "json patch unknown field \"[1].Op\"",
            "json patch unknown field \"[1].z\"");
  }

  @Test
  void whatIsNoPatchAtAllIsABadRequest() {
    assertThatThrownBy(() -> PatchEngine.merge(object("{}"), tree("[]")))
        .hasMessageContaining("cannot unmarshal array");
  }

  @ParameterizedTest(name = "RFC 7386: {0} with {1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{a:'b'} | {a:'c'} | {a:'c'}",
        "{a:'b'} | {b:'c'} | {a:'b',b:'c'}",
        "{a:'b'} | {a:null} | {}",
        "{a:'b',b:'c'} | {a:null} | {b:'c'}",
        "{a:['b']} | {a:'c'} | {a:'c'}",
        "{a:'c'} | {a:['b']} | {a:['b']}",
        "{a:{b:'c'}} | {a:{b:'d',c:null}} | {a:{b:'d'}}",
        "{a:[{b:'c'}]} | {a:[1]} | {a:[1]}",
        "{e:null} | {a:1} | {e:null,a:1}",
        "{} | {a:{bb:{ccc:null}}} | {a:{bb:{}}}",
      })
  void mergePatch(String before, String patch, String after) {
    assertThat(PatchEngine.merge(object(before), tree(patch))).isEqualTo(tree(after));
  }
}
