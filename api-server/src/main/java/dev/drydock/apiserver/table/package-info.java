/// **Is** `Table`: the columns in which kubectl shows objects, and the rules that fill the cells;
/// pure functions over trees.
///
/// **May depend on** `api.*`.
///
/// **Start reading at** [Tables], then [Row] and one of the families, [PodColumns] for example.
@NullMarked
package dev.drydock.apiserver.table;

import org.jspecify.annotations.NullMarked;
