package dev.drydock.client.cache;

import java.util.Collection;
import java.util.function.Function;

/// A way to look objects up other than by key.
///
/// @param name unique within an informer
/// @param values pure; the values under which an object is found
public record Index<T>(String name, Function<T, Collection<String>> values) {}
