package dev.drydock.apiserver.filter;

/// One thing that is done for every request. Runs on the request's thread; called 70,000 times a
/// second, so it must be cheap.
public interface Filter {

  /// Before the request is carried out: adds to the call, or refuses it with an `ApiException`.
  default void before(Call call) {}

  /// When it is over, in reverse order; only if [#before] returned.
  default void after(Call call, Outcome outcome) {}
}
