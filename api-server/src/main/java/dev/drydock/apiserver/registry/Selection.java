package dev.drydock.apiserver.registry;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;

/// Which objects of a resource a client wants.
record Selection(LabelSelector labels, FieldSelector fields) {

  /// @throws ApiException bad request: syntax, or a field that can't be selected by
  static Selection of(Resource resource, Target target, ReadOptions options) {
    LabelSelector labels = LabelSelector.parse(options.labelSelector());
    FieldSelector fields = FieldSelector.parse(options.fieldSelector());
    if (!fields.matchesEverything()) {
      var selectable = resource.selectableFields();
      for (FieldSelector.Term term : fields.terms()) {
        if (!selectable.contains(term.field())) {
          throw ApiException.badRequest("field label not supported: " + term.field());
        }
      }
    }
    return new Selection(labels, fields).narrowedTo(target.name());
  }

  private Selection narrowedTo(String name) {
    if (name.isEmpty()) {
      return this;
    }
    var terms = new java.util.ArrayList<>(fields.terms());
    terms.add(new FieldSelector.Term("metadata.name", FieldSelector.Comparison.EQUAL, name));
    return new Selection(labels, new FieldSelector(terms));
  }

  boolean isEverything() {
    return labels.matchesEverything() && fields.matchesEverything();
  }

  boolean matches(SharedObject object) {
    return (fields.matchesEverything() || object.matches(fields))
        && (labels.matchesEverything() || labels.matches(object.selectable().labels()));
  }
}
