/// **Is** label and field selectors as values: parsed once, matched often.
///
/// **May depend on** `api.status` (a bad selector is a bad request), fabric8's model, JSON trees.
///
/// **Start reading at** [LabelSelector], [FieldSelector].
@NullMarked
package dev.drydock.api.selector;

import org.jspecify.annotations.NullMarked;
