package dev.edit.student;

/**
 * Where a continuation may end early because nothing that followed would matter. A rule that holds
 * for tokens holds for all that begin with them: the place where it first holds is found by
 * bisection.
 */
@FunctionalInterface
public interface StopRule {
  /** Nothing but its end ends a continuation. */
  StopRule NONE = tokens -> false;

  /**
   * Whether {@code continuation} need not go on.
   *
   * @param continuation all of its tokens so far, at least one
   */
  boolean holds(int[] continuation);
}
