package dev.edit.contracts;

/**
 * Why a record ended without a result; it is always small enough to be sent.
 *
 * @param id the problem's id where it is known, else {@code topic/partition/offset}
 * @param stage the stage that gave up, such as {@code rectify}
 * @param reason a stable code for machines, such as {@code teacher-no-answer}
 * @param message for people
 * @param attempts tries before giving up
 * @param record the record's text; null where it is too large or not text
 * @param pointer where the record lies
 */
public record DeadLetter(
    String id,
    String stage,
    String reason,
    String message,
    int attempts,
    String record,
    Pointer pointer)
    implements EventRecord {
  /** The longest record text that is kept, in characters. */
  public static final int LONGEST_RECORD = 64 * 1024;

  private static final int LONGEST_MESSAGE = 1_000;

  public DeadLetter {
    Require.text("id", id);
    Require.name("stage", stage);
    Require.name("reason", reason);
    Require.present("message", message);
    Require.atLeast("attempts", attempts, 0);
    Require.present("pointer", pointer);
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE) + "…";
    }
    if (record != null && record.length() > LONGEST_RECORD) {
      record = null;
    }
  }

  @Override
  public String key() {
    return id;
  }

  /**
   * The place of a record in the log, and its digest.
   *
   * @param topic the topic
   * @param partition the partition
   * @param offset the offset
   * @param sha256 hex digest of the value's bytes
   */
  public record Pointer(String topic, int partition, long offset, String sha256) {
    public Pointer {
      Require.text("topic", topic);
      Require.atLeast("partition", partition, 0);
      Require.atLeast("offset", offset, 0L);
      Require.text("sha256", sha256);
    }
  }
}
