package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Impersonation;

/// Lets those who may do so act as somebody else.
public final class ImpersonateFilter implements Filter {
  private final Authorizer authorizer;

  public ImpersonateFilter(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void before(Call call) {
    Impersonation wish = call.arrival().impersonation();
    if (wish.isWanted()) {
      call.actAs(wish.resolve(call.authenticated(), authorizer));
    }
  }
}
