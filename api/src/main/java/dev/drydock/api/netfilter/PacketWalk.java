package dev.drydock.api.netfilter;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The way of a connection's first packet through a table.
public final class PacketWalk {
  private static final int DEEPEST = 32;

  private final RuleTable table;
  private final Host host;

  /// What the walk must know of the node.
  public interface Host {

    /// Whether it is one of the node's own addresses.
    boolean isLocal(int address);

    /// A number from 0 (inclusive) to 1 (exclusive), another one each time.
    double chance();

    /// Whether the source used the chain within so many seconds.
    boolean used(String chain, String source, int seconds);

    /// The source uses the chain now.
    void use(String chain, String source);
  }

  /// @param protocol `tcp`, `udp`, `sctp`
  public record Packet(
      String protocol, String source, int sourcePort, String destination, int destinationPort) {
    /// `tcp 10.244.1.2:40000 -> 10.96.0.1:443`.
    @Override
    public String toString() {
      return protocol
          + " "
          + source
          + ":"
          + sourcePort
          + " -> "
          + destination
          + ":"
          + destinationPort;
    }
  }

  /// How a walk ends.
  public sealed interface Verdict {
    /// The packet goes on, perhaps to another destination.
    record Passed(String destination, int port, Source source) implements Verdict {}

    record Rejected() implements Verdict {}

    record Dropped() implements Verdict {}
  }

  /// What the receiver sees as the packet's source.
  public enum Source {
    KEPT,
    /// The node's address.
    MASQUERADED
  }

  public PacketWalk(RuleTable table, Host host) {
    this.table = table;
    this.host = host;
  }

  /// @param hook the chain where it begins: [Chain#PREROUTING] or [Chain#OUTPUT]
  /// @param steps told of every rule that applied
  public Verdict walk(String hook, Packet packet, Consumer<String> steps) {
    var walk = new Walk(packet, steps);
    Verdict first = walk.chain(hook, 0).orElse(new Verdict.Passed("", 0, Source.KEPT));
    return switch (first) {
      case Verdict.Rejected rejected -> rejected;
      case Verdict.Dropped dropped -> dropped;
      case Verdict.Passed(String address, int port, Source _) -> {
        Source source =
            walk.marked && walk.chain(Chain.POSTROUTING, 0).isPresent()
                ? Source.MASQUERADED
                : Source.KEPT;
        yield address.isEmpty()
            ? new Verdict.Passed(packet.destination(), packet.destinationPort(), source)
            : new Verdict.Passed(address, port, source);
      }
    };
  }

  private final class Walk {
    private final Packet packet;
    private final int source;
    private final int destination;
    private final Consumer<String> steps;
    private boolean marked;

    Walk(Packet packet, Consumer<String> steps) {
      this.packet = packet;
      this.source = AddressRange.address(packet.source());
      this.destination = AddressRange.address(packet.destination());
      this.steps = steps;
    }

    /// @return empty when the chain decided nothing
    Optional<Verdict> chain(String name, int depth) {
      List<Rule> rules = table.chain(name).map(Chain::rules).orElse(List.of());
      if (depth > DEEPEST) {
        throw new IllegalStateException("chains jump in a circle at " + name);
      }
      for (Rule rule : rules) {
        if (!applies(name, rule)) {
          continue;
        }
        steps.accept(rule.text(name));
        switch (rule.action()) {
          case Action.Jump(String chain) -> {
            Optional<Verdict> decided = chain(chain, depth + 1);
            if (decided.isPresent()) {
              return decided;
            }
          }
          case Action.Dnat(String address, int port) -> {
            return Optional.of(new Verdict.Passed(address, port, Source.KEPT));
          }
          case Action.Reject() -> {
            return Optional.of(new Verdict.Rejected());
          }
          case Action.Drop() -> {
            return Optional.of(new Verdict.Dropped());
          }
          case Action.Masquerade() -> {
            return Optional.of(new Verdict.Passed("", 0, Source.MASQUERADED));
          }
          case Action.MarkMasquerade() -> marked = true;
          case Action.Return() -> {
            return Optional.empty();
          }
        }
      }
      return Optional.empty();
    }

    private boolean applies(String chain, Rule rule) {
      Match match = rule.match();
      return (match.destinationPort() == 0 || match.destinationPort() == packet.destinationPort())
          && match.destination().contains(destination)
          && (match.protocol().isEmpty() || match.protocol().equals(packet.protocol()))
          && match.source().contains(source)
          && (match.destinationType() == Match.DestinationType.ANY || host.isLocal(destination))
          && (!(rule.action() instanceof Action.Masquerade) || marked)
          && recent(chain, rule)
          && (match.probability() == 0 || host.chance() < match.probability());
    }

    private boolean recent(String chain, Rule rule) {
      return switch (rule.match().recent()) {
        case Match.Recent.Ignored() -> true;
        case Match.Recent.UsedWithin(int seconds) ->
            host.used(
                rule.action() instanceof Action.Jump(String target) ? target : chain,
                packet.source(),
                seconds);
        case Match.Recent.Remember() -> {
          host.use(chain, packet.source());
          yield true;
        }
      };
    }
  }
}
