package dev.drydock.kubelet.network;

/// Transport protocols as the API spells them.
public enum Protocol {
  TCP,
  /// A connection is a flow: each write is one datagram, each read gives at most one.
  UDP,
  SCTP
}
