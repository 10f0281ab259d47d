package dev.drydock.apiserver.access.asking;

import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.cel.value.Shape.Field;
import java.util.HashMap;
import java.util.Map;

/// What match conditions may assume about `request`: the `spec` of a SubjectAccessReview.
final class ReviewShape {
  static final Map<String, Shape> VARIABLES = Map.of("request", request());

  private ReviewShape() {}

  private static Shape request() {
    Map<String, Field> fields = new HashMap<>();
    put(fields, "user", Shape.STRING);
    put(fields, "uid", Shape.STRING);
    put(fields, "groups", Shape.list(Shape.STRING));
    put(fields, "extra", Shape.map(Shape.list(Shape.STRING)));
    put(fields, "resourceAttributes", resource());
    put(fields, "nonResourceAttributes", texts("kubernetes.NonResourceAttributes", "path", "verb"));
    return Shape.object("kubernetes.SubjectAccessReviewSpec", () -> fields);
  }

  private static Shape resource() {
    Map<String, Field> fields = new HashMap<>();
    for (String name :
        new String[] {"namespace", "verb", "group", "version", "resource", "subresource", "name"}) {
      put(fields, name, Shape.STRING);
    }
    put(fields, "fieldSelector", selector("FieldSelectorAttributes"));
    put(fields, "labelSelector", selector("LabelSelectorAttributes"));
    return Shape.object("kubernetes.ResourceAttributes", () -> fields);
  }

  private static Shape selector(String name) {
    Map<String, Field> requirement = new HashMap<>();
    put(requirement, "key", Shape.STRING);
    put(requirement, "operator", Shape.STRING);
    put(requirement, "values", Shape.list(Shape.STRING));
    Map<String, Field> fields = new HashMap<>();
    put(fields, "rawSelector", Shape.STRING);
    put(
        fields,
        "requirements",
        Shape.list(Shape.object("kubernetes." + name + "Requirement", () -> requirement)));
    return Shape.object("kubernetes." + name, () -> fields);
  }

  private static Shape texts(String name, String... fields) {
    Map<String, Field> all = new HashMap<>();
    for (String field : fields) {
      put(all, field, Shape.STRING);
    }
    return Shape.object(name, () -> all);
  }

  private static void put(Map<String, Field> fields, String name, Shape shape) {
    fields.put(name, new Field(name, shape));
  }
}
