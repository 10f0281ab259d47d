package dev.drydock.apiserver.audit;

import dev.drydock.client.lifecycle.Component;

/// Where events go.
interface AuditSink extends Component {

  /// Takes an event, unless it can't keep up: then the event is lost, and never a request.
  ///
  /// @param event as JSON
  void take(String event);
}
