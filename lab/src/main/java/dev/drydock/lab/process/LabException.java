package dev.drydock.lab.process;

/// Something a person must know or mend. The message is one clear line (log excerpts may follow).
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LabException(String message) {
    super(message);
  }

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
