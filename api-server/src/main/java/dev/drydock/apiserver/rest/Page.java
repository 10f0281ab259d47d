package dev.drydock.apiserver.rest;

import java.util.List;
import java.util.Optional;

/// Answers paths that are about no API object.
interface Page {

  /// Empty when the path is another page's.
  Optional<Answer> answer(RestRequest request);

  /// The paths it serves, for the index at `/`.
  List<String> paths();
}
