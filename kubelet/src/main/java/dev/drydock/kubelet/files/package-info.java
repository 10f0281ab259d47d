/// **Is** the file system of a container: an image's files, what the container wrote over them, and
/// the volumes mounted into it. Everything lives in memory.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [FileSystem], [Volume].
@NullMarked
package dev.drydock.kubelet.files;

import org.jspecify.annotations.NullMarked;
