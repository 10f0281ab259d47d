package dev.drydock.apiserver.storage.etcd;

import java.util.Set;

/// The fence and the api-servers that are there, as etcd has them.
///
/// @param owner who put the fence there; empty: there is none
/// @param fence the revision that did so; 0: there is none
/// @param servers who has registered
record FenceView(String owner, long fence, Set<String> servers) {
  FenceView {
    servers = Set.copyOf(servers);
  }

  /// What a server does about it.
  sealed interface Action {

    /// The fence is ours and stays so.
    record Keep() implements Action {}

    /// Put the fence there, if it is still at that revision.
    record Claim(long at) implements Action {}

    /// Take our fence away: others want to write too.
    record Yield() implements Action {}

    /// Write without a fence.
    record Share() implements Action {}
  }

  /// A fence of ours that this process did not put there is that of a process before it.
  ///
  /// @param held the fence that this process believes it holds; 0: none
  Action decide(String me, long held) {
    boolean mine = owner.equals(me);
    boolean alone = servers.stream().allMatch(me::equals);
    if (!alone) {
      return mine ? new Action.Yield() : new Action.Share();
    }
    if (mine) {
      return fence == held ? new Action.Keep() : new Action.Claim(fence);
    }
    return owner.isEmpty() ? new Action.Claim(0) : new Action.Share();
  }
}
