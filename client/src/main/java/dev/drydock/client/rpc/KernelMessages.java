package dev.drydock.client.rpc;

import dev.drydock.api.netfilter.Action;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.api.netfilter.Chain;
import dev.drydock.api.netfilter.Match;
import dev.drydock.api.netfilter.Rule;
import dev.drydock.api.netfilter.RuleTable;

/// Rule tables ⇄ their messages.
public final class KernelMessages {
  private KernelMessages() {}

  public static dev.drydock.proto.RuleTable message(RuleTable table) {
    var message = dev.drydock.proto.RuleTable.newBuilder();
    for (Chain chain : table.chains()) {
      var one = message.addChainsBuilder().setName(chain.name());
      chain.rules().forEach(rule -> one.addRules(message(rule)));
    }
    return message.build();
  }

  private static dev.drydock.proto.Rule message(Rule rule) {
    Match match = rule.match();
    var message =
        dev.drydock.proto.Rule.newBuilder()
            .setComment(rule.comment())
            .setProtocol(match.protocol())
            .setSource(match.source().isAny() ? "" : match.source().cidr())
            .setSourceNegated(match.source().polarity() == AddressRange.Polarity.OUTSIDE)
            .setDestination(match.destination().isAny() ? "" : match.destination().cidr())
            .setDestinationLocal(match.destinationType() == Match.DestinationType.LOCAL)
            .setDestinationPort(match.destinationPort())
            .setProbability(match.probability());
    switch (match.recent()) {
      case Match.Recent.Ignored() -> {}
      case Match.Recent.UsedWithin(int seconds) -> message.setRecentSeconds(seconds);
      case Match.Recent.Remember() -> message.setMarkRecent(true);
    }
    switch (rule.action()) {
      case Action.Jump(String chain) -> message.setJump(chain);
      case Action.Dnat(String address, int port) -> message.setDnat(address + ":" + port);
      case Action.Reject() -> message.setReject(true);
      case Action.Drop() -> message.setDrop(true);
      case Action.MarkMasquerade() -> message.setMarkMasquerade(true);
      case Action.Masquerade() -> message.setMasquerade(true);
      case Action.Return() -> message.setReturnToCaller(true);
    }
    return message.build();
  }

  /// @throws IllegalArgumentException when the message makes no sense
  public static RuleTable value(dev.drydock.proto.RuleTable message) {
    return new RuleTable(
        message.getChainsList().stream()
            .map(
                chain ->
                    new Chain(
                        chain.getName(),
                        chain.getRulesList().stream().map(KernelMessages::value).toList()))
            .toList());
  }

  private static Rule value(dev.drydock.proto.Rule message) {
    AddressRange source = AddressRange.parse(message.getSource());
    Match match =
        new Match(
            message.getProtocol(),
            message.getSourceNegated() ? source.negated() : source,
            AddressRange.parse(message.getDestination()),
            message.getDestinationLocal() ? Match.DestinationType.LOCAL : Match.DestinationType.ANY,
            message.getDestinationPort(),
            message.getProbability(),
            recent(message));
    return new Rule(message.getComment(), match, action(message));
  }

  private static Match.Recent recent(dev.drydock.proto.Rule message) {
    if (message.getMarkRecent()) {
      return new Match.Recent.Remember();
    }
    return message.getRecentSeconds() > 0
        ? new Match.Recent.UsedWithin(message.getRecentSeconds())
        : new Match.Recent.Ignored();
  }

  private static Action action(dev.drydock.proto.Rule message) {
    return switch (message.getActionCase()) {
      case JUMP -> new Action.Jump(message.getJump());
      case DNAT -> {
        int colon = message.getDnat().lastIndexOf(':');
        yield new Action.Dnat(
            message.getDnat().substring(0, colon),
            Integer.parseInt(message.getDnat().substring(colon + 1)));
      }
      case REJECT -> new Action.Reject();
      case MARK_MASQUERADE -> new Action.MarkMasquerade();
      case RETURN_TO_CALLER -> new Action.Return();
      case MASQUERADE -> new Action.Masquerade();
      case DROP -> new Action.Drop();
      case ACTION_NOT_SET -> throw new IllegalArgumentException("a rule has no action");
    };
  }
}
