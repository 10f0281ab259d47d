/// **Is** the command line, one class a command.
///
/// **May depend on** all packages of lab.
///
/// **Start reading at** [Drydock].
@NullMarked
package dev.drydock.lab.command;

import org.jspecify.annotations.NullMarked;
