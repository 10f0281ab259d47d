package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a list in chunks goes on: at the same revision, after a key.
///
/// @param revision the state that the first chunk showed; NONE: whatever is there by then
/// @param after the last key told
record ContinueToken(Revision revision, StoreKey after) {
  private static final String VERSION = "meta.k8s.io/v1";
  private static final long LATEST = -1;

  String encode(StorePrefix prefix) {
    ObjectNode token = Trees.object();
    token.put("v", VERSION);
    token.put("rv", revision.isNone() ? LATEST : revision.value());
    token.put("start", after.path().substring(prefix.path().length()) + "\0");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(StoredForm.JSON.writeValueAsBytes(token));
  }

  static ContinueToken decode(String text, StorePrefix prefix) {
    JsonNode token;
    try {
      token = StoredForm.JSON.readTree(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException | JacksonException e) {
      throw invalid("continue key is not valid: it can't be decoded");
    }
    String start = Trees.text(token, "start");
    long revision = Trees.number(token, 0, "rv");
    if (!Trees.text(token, "v").equals(VERSION)) {
      throw invalid(
          "continue key is not valid: server does not recognize this encoded version "
              + Trees.text(token, "v"));
    }
    if (revision == 0) {
      throw invalid(
          "continue key is not valid: incorrect encoded start resourceVersion (version"
              + " meta.k8s.io/v1)");
    }
    if (start.isEmpty()) {
      throw invalid("continue key is not valid: encoded start key empty (version meta.k8s.io/v1)");
    }
    if (start.contains("..") || start.contains("//")) {
      throw invalid("invalid key: " + start);
    }
    String name = start.endsWith("\0") ? start.substring(0, start.length() - 1) : start;
    try {
      return new ContinueToken(
          revision < 0 ? Revision.NONE : Revision.of(revision), prefix.key(name));
    } catch (IllegalArgumentException e) {
      throw invalid("invalid key: " + start);
    }
  }

  private static ApiException invalid(String why) {
    return ApiException.badRequest("invalid continue token: " + why);
  }
}
