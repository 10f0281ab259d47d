package dev.drydock.apiserver.registry.device;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Conditions on devices.
final class DeviceSelectors {
  private static final int MOST = 32;
  private static final int LONGEST = 10 * 1024;
  private static final Map<String, Shape> VARIABLES = Map.of("device", device());

  private final CelEnvironment cel;

  DeviceSelectors(CelEnvironment cel) {
    this.cel = cel;
  }

  private static Shape device() {
    var fields = new LinkedHashMap<String, Shape.Field>();
    fields.put("driver", new Shape.Field("driver", Shape.STRING));
    for (String map : List.of("attributes", "capacity")) {
      fields.put(map, new Shape.Field(map, Shape.map(Shape.map(Shape.DYN))));
    }
    fields.put("allowMultipleAllocations", new Shape.Field("allowMultipleAllocations", Shape.BOOL));
    return Shape.object("kubernetes.DRADevice", () -> fields);
  }

  void check(Field selectors, Violations found) {
    if (!found.atMost(selectors, MOST)) {
      return;
    }
    for (Field selector : selectors.items()) {
      Field expression = selector.child("cel", "expression");
      if (!selector.child("cel").isPresent()) {
        found.required(selector.child("cel"), "");
      } else if (expression.text().length() > LONGEST) {
        found.tooLong(expression, LONGEST);
      } else {
        compile(expression, found);
      }
    }
  }

  private void compile(Field expression, Violations found) {
    try {
      String type = cel.scope(VARIABLES).compile(expression.text()).resultType();
      if (!type.equals("bool") && !type.equals("dyn")) {
        found.invalid(expression, "must evaluate to bool or the unknown type, not " + type);
      }
    } catch (CelCompileException e) {
      found.add(FieldError.invalid(expression.path(), expression.text(), e.problem()));
    }
  }
}
