package dev.drydock.apiserver.filter;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The filters, in order, around the work of a request.
public final class Pipeline {
  private static final Logger LOG = Logger.getLogger(Pipeline.class.getName());

  private final List<Filter> filters;

  public Pipeline(List<Filter> filters) {
    this.filters = List.copyOf(filters);
  }

  /// Lets the call through, or fails; a call that failed here has ended. One that was let through
  /// must be ended exactly once.
  public void begin(Call call) {
    try {
      for (Filter filter : filters) {
        filter.before(call);
        call.passedOne();
      }
    } catch (RuntimeException refused) {
      ApiException failure = failure(call, refused);
      end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  public void end(Call call, Outcome outcome) {
    for (int i = call.passed() - 1; i >= 0; i--) {
      filters.get(i).after(call, outcome);
    }
  }

  /// Begins, works, ends.
  public <T> T run(Call call, Supplier<T> work, Function<T, Outcome> outcome) {
    begin(call);
    T result;
    try {
      result = work.get();
    } catch (StackOverflowError tooDeep) {
      // Only nesting without end leads here, and only a client's body nests without end.
      LOG.log(Level.INFO, "the body of {0} is nested too deeply", call.subject());
      ApiException failure = ApiException.badRequest("the request's body is nested too deeply");
      end(call, Outcome.failed(failure));
      throw failure;
    } catch (RuntimeException problem) {
      ApiException failure = failure(call, problem);
      end(call, Outcome.failed(failure));
      throw failure;
    }
    end(call, outcome.apply(result));
    return result;
  }

  /// What the client is told about a problem.
  public ApiException failure(Call call, RuntimeException problem) {
    if (call.isAborted()) {
      return ApiException.of(
          StatusReason.TIMEOUT, "Timeout: request did not complete within the allotted timeout");
    }
    if (problem instanceof ApiException known) {
      return known;
    }
    LOG.log(Level.SEVERE, "unexpected failure of " + call.subject(), problem);
    return ApiException.internalError(String.valueOf(problem.getMessage()));
  }
}
