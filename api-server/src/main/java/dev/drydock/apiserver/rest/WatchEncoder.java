package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.request.StoredObject;

/// The object of a watch event as this watcher wants to see it.
interface WatchEncoder {

  byte[] encode(StoredObject object);

  /// A bookmark's object.
  byte[] bookmark(byte[] metadata);
}
