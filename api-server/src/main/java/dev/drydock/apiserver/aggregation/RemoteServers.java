package dev.drydock.apiserver.aggregation;

import java.io.IOException;
import java.util.Map;

/// Asks other servers of the API, as somebody who may see everything.
public interface RemoteServers {

  /// An answer, whole.
  ///
  /// @param headers names in lower case
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Reply(int code, Map<String, String> headers, byte[] body) {}

  /// Gets a document. Blocking, for a few seconds at most.
  ///
  /// @param accept what content types are taken
  /// @throws IOException when there is no answer
  Reply get(ApiServiceEntry server, String path, String accept) throws IOException;
}
