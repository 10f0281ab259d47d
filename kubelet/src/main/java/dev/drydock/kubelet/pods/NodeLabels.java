package dev.drydock.kubelet.pods;

import java.util.Map;
import java.util.function.Supplier;

/// The labels of the node, which anybody may change at any time.
///
/// @param seen as the kubelet has seen them last
/// @param newest as they are now, asked for anew
public record NodeLabels(
    Supplier<Map<String, String>> seen, Supplier<Map<String, String>> newest) {}
