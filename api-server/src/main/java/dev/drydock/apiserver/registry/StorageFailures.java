package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.storage.StorageException;
import java.util.List;
import java.util.function.Supplier;

/// The one place where failures of the store become answers of the API.
final class StorageFailures {
  private static final FieldError TOO_LARGE =
      new FieldError(FieldError.Type.RESOURCE_VERSION_TOO_LARGE, "", "Too large resource version");

  private StorageFailures() {}

  static ApiException translate(StorageException failure, ResourceType type, String name) {
    return switch (failure) {
      case StorageException.Conflict _ -> ApiException.modifiedMeanwhile(type, name);
      case StorageException.Compacted compacted ->
          tooOld(compacted.wanted(), compacted.oldestKept());
      case StorageException.FutureRevision future ->
          new ApiException(
              new Status(
                  StatusReason.TIMEOUT,
                  StatusReason.TIMEOUT.code(),
                  "Timeout: Too large resource version: "
                      + future.wanted()
                      + ", current: "
                      + future.current(),
                  new Status.Details("", "", "", List.of(TOO_LARGE), 1)),
              failure);
      case StorageException.Unavailable unavailable ->
          new ApiException(
              Status.failure(
                  StatusReason.TIMEOUT,
                  "Timeout: request did not complete within requested timeout - "
                      + unavailable.getMessage()),
              failure);
      case StorageException other -> ApiException.internalError(String.valueOf(other.getMessage()));
    };
  }

  static ApiException tooOld(Revision wanted, Revision oldestKept) {
    return ApiException.expired("too old resource version: " + wanted + " (" + oldestKept + ")");
  }

  static <T> T reading(ResourceType type, String name, Supplier<T> read) {
    try {
      return read.get();
    } catch (StorageException failure) {
      throw translate(failure, type, name);
    }
  }
}
