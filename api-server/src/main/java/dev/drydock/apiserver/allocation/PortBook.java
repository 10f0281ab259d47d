package dev.drydock.apiserver.allocation;

import java.util.BitSet;

/// Where it is written which ports of a range are taken; the same for all api-servers.
public interface PortBook {

  /// Changes what is written: calls with a copy of the present state, and again when somebody else
  /// was faster, until the outcome is written.
  ///
  /// @return what the last call of the change returned
  <T> T change(Change<T> change);

  /// A change of the taken ports; offsets count from the lowest port.
  interface Change<T> {
    T apply(BitSet taken);
  }
}
