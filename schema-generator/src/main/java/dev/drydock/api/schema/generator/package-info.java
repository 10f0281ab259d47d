/// **Is** the program that makes, while `api` is built, the schema and the list of the built-in
/// types: from the class files of the official Java client and the tables beside this program.
///
/// **May depend on** the JDK, Jackson. Nothing depends on it at run time.
///
/// **Start reading at** [Main].
@NullMarked
package dev.drydock.api.schema.generator;

import org.jspecify.annotations.NullMarked;
