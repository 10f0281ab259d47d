/// **Is** a private etcd process for tests, on free ports, with data that vanish.
///
/// **May depend on** the JDK, JUnit.
///
/// **Start reading at** [EtcdExtension].
@NullMarked
package dev.drydock.testkit.etcd;

import org.jspecify.annotations.NullMarked;
