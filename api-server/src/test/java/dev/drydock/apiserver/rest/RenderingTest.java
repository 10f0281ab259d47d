package dev.drydock.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.apiserver.request.ListForm;
import dev.drydock.apiserver.request.ObjectList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private static final ResourceType WIDGETS =
      new ResourceType("x.io", "v1", "widgets", "Widget", Scope.NAMESPACED);

  private static String list(ListForm.Shape shape, String continueToken, long remaining) {
    var list = new ObjectList(List.of(), Revision.of(7), continueToken, remaining);
    var form = new ListForm("WidgetList", shape);
    return new String(Rendering.list(form, WIDGETS, list).toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aListWithAClassHasWhatIsNotEmptyInTheClassesOrder() {
    assertThat(list(ListForm.Shape.TYPED, "", 0))
        .isEqualTo(
            """
            {"kind":"WidgetList","apiVersion":"x.io/v1","metadata":{"resourceVersion":"7"},\
            "items":[]}
            """);
    assertThat(list(ListForm.Shape.TYPED, "t", 2))
        .contains("{\"resourceVersion\":\"7\",\"continue\":\"t\",\"remainingItemCount\":2}");
  }

  @Test
  void aListWithoutAClassSaysThatItIsAllInTheOrderOfNames() {
    assertThat(list(ListForm.Shape.UNTYPED, "", 0))
        .isEqualTo(
            """
            {"apiVersion":"x.io/v1","items":[],"kind":"WidgetList",\
            "metadata":{"continue":"","resourceVersion":"7"}}
            """);
    assertThat(list(ListForm.Shape.UNTYPED, "t", 2))
        .contains("{\"continue\":\"t\",\"remainingItemCount\":2,\"resourceVersion\":\"7\"}");
  }
}
