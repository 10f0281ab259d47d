/// **Is** an operator as a user writes one with Java Operator SDK: shops, each with a page and
/// servers that show it.
///
/// **May depend on** Java Operator SDK and what comes with it; on nothing of the product.
///
/// **Start reading at** [ShopReconciler].
@NullMarked
package dev.drydock.operator;

import org.jspecify.annotations.NullMarked;
