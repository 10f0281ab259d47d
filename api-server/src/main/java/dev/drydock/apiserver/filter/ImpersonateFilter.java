package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.access.Impersonator;

/// Lets those who may do so act as somebody else.
public final class ImpersonateFilter implements Filter {
  private final Impersonator impersonator;

  public ImpersonateFilter(Authorizer authorizer) {
    this.impersonator = new Impersonator(authorizer);
  }

  @Override
  public void before(Call call) {
    Impersonation wish = call.arrival().impersonation();
    if (wish.isWanted()) {
      Impersonator.Result result = impersonator.act(wish, AuthoriseFilter.attributes(call));
      call.actAs(result.user(), result.constraint());
    }
  }
}
