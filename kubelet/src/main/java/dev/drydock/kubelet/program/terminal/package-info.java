/// **Is** what the kernel of a real node does between a person at a terminal and a program: echo,
/// line editing, signals from the keyboard, line ends, window size.
///
/// **May depend on** `kubelet.program`.
///
/// **Start reading at** [Terminal].
@NullMarked
package dev.drydock.kubelet.program.terminal;

import org.jspecify.annotations.NullMarked;
