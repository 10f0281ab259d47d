package dev.drydock.api.netfilter;

import java.util.Locale;

/// One rule of a chain.
public record Rule(String comment, Match match, Action action) {

  /// As `iptables-save` writes it, in this chain.
  public String text(String chain) {
    var out = new StringBuilder("-A ").append(chain);
    range(out, "-s", match.source());
    range(out, "-d", match.destination());
    if (!match.protocol().isEmpty()) {
      out.append(" -p ").append(match.protocol());
    }
    if (!comment.isEmpty()) {
      out.append(" -m comment --comment \"").append(comment).append('"');
    }
    if (match.destinationPort() != 0) {
      out.append(" -m ").append(match.protocol());
      out.append(" --dport ").append(match.destinationPort());
    }
    if (match.destinationType() == Match.DestinationType.LOCAL) {
      out.append(" -m addrtype --dst-type LOCAL");
    }
    recent(out, chain);
    if (match.probability() > 0) {
      out.append(" -m statistic --mode random --probability ")
          .append(String.format(Locale.ROOT, "%.11f", match.probability()));
    }
    return out.append(" -j ").append(target()).toString();
  }

  private static void range(StringBuilder out, String flag, AddressRange range) {
    if (!range.isAny()) {
      out.append(range.polarity() == AddressRange.Polarity.OUTSIDE ? " !" : "");
      out.append(' ').append(flag).append(' ').append(range.cidr());
    }
  }

  private void recent(StringBuilder out, String chain) {
    switch (match.recent()) {
      case Match.Recent.Ignored() -> {}
      case Match.Recent.UsedWithin(int seconds) -> {
        String list = action instanceof Action.Jump(String target) ? target : chain;
        out.append(" -m recent --rcheck --seconds ")
            .append(seconds)
            .append(" --reap --name ")
            .append(list)
            .append(" --mask 255.255.255.255 --rsource");
      }
      case Match.Recent.Remember() ->
          out.append(" -m recent --set --name ")
              .append(chain)
              .append(" --mask 255.255.255.255 --rsource");
    }
  }

  private String target() {
    return switch (action) {
      case Action.Jump(String chain) -> chain;
      case Action.Dnat(String address, int port) -> "DNAT --to-destination " + address + ":" + port;
      case Action.Reject() -> "REJECT --reject-with icmp-port-unreachable";
      case Action.Drop() -> "DROP";
      case Action.MarkMasquerade() -> "MARK --set-xmark 0x4000/0x4000";
      case Action.Masquerade() -> "MASQUERADE --random-fully";
      case Action.Return() -> "RETURN";
    };
  }
}
