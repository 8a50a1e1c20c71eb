package dev.edit.trainer.client.kubernetes;

/** Where a Job stands, as a person is told. */
sealed interface JobState {

  /**
   * It has no running pod.
   *
   * @param kind what it waits for; while that stays, a new wording of the message is no news
   */
  record Waiting(Kind kind, String message) implements JobState {}

  /** Its pod runs. */
  record Running(String message) implements JobState {}

  /**
   * It has ended.
   *
   * @param reason for programs; null where it is not known
   */
  record Ended(String message, String reason) implements JobState {}

  /** Nothing that a person would want to know, such as a pod that is being created. */
  record Quiet() implements JobState {}

  /** What a Job can wait for. */
  enum Kind {
    QUEUE,
    QUOTA,
    NODE,
    IMAGE,
    VOLUME,
    CONTAINER,
    ANOTHER_TRY,
    LOST_NODE
  }
}
