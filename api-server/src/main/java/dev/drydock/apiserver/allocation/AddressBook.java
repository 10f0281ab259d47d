package dev.drydock.apiserver.allocation;

import java.util.Optional;

/// Where it is written who holds which address; the same for all api-servers.
public interface AddressBook {

  /// Who holds an address.
  record Holder(String namespace, String name) {}

  /// Writes the holder down, if nobody else is written down.
  ///
  /// @return false: somebody holds it
  boolean take(String address, Holder holder);

  /// Strikes the address out, if that holder is written down.
  void giveBack(String address, Holder holder);

  /// Who holds it, as of now.
  Optional<Holder> holder(String address);

  /// Whether somebody seems to hold it: quick, perhaps out of date.
  boolean seemsTaken(String address);
}
