package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.access.Authenticator;

/// Finds out who asks.
public final class IdentifyFilter implements Filter {
  private final Authenticator authenticator;

  public IdentifyFilter(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public void before(Call call) {
    call.authenticatedAs(authenticator.authenticate(call.arrival().credentials()));
  }
}
