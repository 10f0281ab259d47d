/// **Is** the images there are: name pattern to default program, environment, ports and files; how
/// names are read, and how long a pull takes.
///
/// **May depend on** `kubelet.program`, `kubelet.files`.
///
/// **Start reading at** [Image], [ImageCatalog].
@NullMarked
package dev.drydock.kubelet.image;

import org.jspecify.annotations.NullMarked;
