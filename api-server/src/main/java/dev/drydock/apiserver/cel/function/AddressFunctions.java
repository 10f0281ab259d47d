package dev.drydock.apiserver.cel.function;

import dev.drydock.apiserver.cel.function.Addresses.Address;
import dev.drydock.apiserver.cel.function.Addresses.Network;

/// `ip(…)` and `cidr(…)`.
final class AddressFunctions {
  private AddressFunctions() {}

  static Library library() {
    var library = new Library();
    library.type("IP", "net.IP", Address.class);
    library.type("CIDR", "net.CIDR", Network.class);
    addresses(library);
    networks(library);
    return library;
  }

  private static void addresses(Library library) {
    library.global("ip(string): IP", Cost.TEXT_OF_FIRST, a -> Addresses.address((String) a[0]));
    library.global(
        "isIP(string): bool", Cost.TEXT_OF_FIRST, a -> Addresses.isAddress((String) a[0]));
    library.global(
        "ip.isCanonical(string): bool",
        Cost.TEXT_OF_FIRST,
        a -> Addresses.address((String) a[0]).toString().equals(a[0]));
    library.global("string(IP): string", a -> a[0].toString());
    library.member("IP.family(): int", a -> ((Address) a[0]).family());
    library.member("IP.isUnspecified(): bool", a -> ((Address) a[0]).inet().isAnyLocalAddress());
    library.member("IP.isLoopback(): bool", a -> ((Address) a[0]).inet().isLoopbackAddress());
    library.member("IP.isLinkLocalMulticast(): bool", a -> ((Address) a[0]).inet().isMCLinkLocal());
    library.member(
        "IP.isLinkLocalUnicast(): bool", a -> ((Address) a[0]).inet().isLinkLocalAddress());
    library.member("IP.isGlobalUnicast(): bool", a -> ((Address) a[0]).isGlobalUnicast());
  }

  private static void networks(Library library) {
    library.global("cidr(string): CIDR", Cost.TEXT_OF_FIRST, a -> Addresses.network((String) a[0]));
    library.global(
        "isCIDR(string): bool", Cost.TEXT_OF_FIRST, a -> Addresses.isNetwork((String) a[0]));
    library.global("string(CIDR): string", a -> a[0].toString());
    library.member("CIDR.containsIP(IP): bool", a -> ((Network) a[0]).contains((Address) a[1]));
    library.member(
        "CIDR.containsIP(string): bool",
        a -> ((Network) a[0]).contains(Addresses.address((String) a[1])));
    library.member("CIDR.containsCIDR(CIDR): bool", a -> ((Network) a[0]).contains((Network) a[1]));
    library.member(
        "CIDR.containsCIDR(string): bool",
        a -> ((Network) a[0]).contains(Addresses.network((String) a[1])));
    library.member("CIDR.ip(): IP", a -> ((Network) a[0]).address());
    library.member("CIDR.masked(): CIDR", a -> ((Network) a[0]).masked());
    library.member("CIDR.prefixLength(): int", a -> (long) ((Network) a[0]).prefix());
  }
}
