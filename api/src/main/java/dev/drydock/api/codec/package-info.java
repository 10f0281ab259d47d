/// **Is** every change of form of an API object: JSON bytes, JSON tree, fabric8 object, YAML, and
/// the protobuf that Go clients speak.
///
/// **May depend on** JSON, fabric8's model, SnakeYAML Engine, the descriptors of the official
/// protobuf messages; `api.status`, `api.schema`, `api.time`.
///
/// **Start reading at** [TypedCodec] (components), [TreeCodec] (api-server).
@NullMarked
package dev.drydock.api.codec;

import org.jspecify.annotations.NullMarked;
