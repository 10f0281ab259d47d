package dev.drydock.apiserver.access;

import java.util.List;

/// The headers of a request, for those who read their user from them.
public interface RequestHeaders {

  /// All values of a header; empty when there is none.
  List<String> values(String name);

  /// The names of all headers, as they were sent.
  Iterable<String> names();

  /// A request without headers.
  RequestHeaders NONE =
      new RequestHeaders() {
        @Override
        public List<String> values(String name) {
          return List.of();
        }

        @Override
        public Iterable<String> names() {
          return List.of();
        }
      };
}
