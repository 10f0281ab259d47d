package dev.drydock.client.event;

/// Who records.
///
/// @param component `default-scheduler`, `kubelet`, `deployment-controller`
/// @param host the node, for a kubelet; else empty
public record EventSource(String component, String host) {}
