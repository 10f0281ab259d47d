package dev.drydock.apiserver.request;

import java.util.Locale;

/// What a request wants to do, in the words of authorisation.
public enum Verb {
  GET,
  LIST,
  WATCH,
  CREATE,
  UPDATE,
  PATCH,
  DELETE,
  DELETECOLLECTION;

  /// As in RBAC rules.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean writes() {
    return switch (this) {
      case GET, LIST, WATCH -> false;
      case CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION -> true;
    };
  }
}
