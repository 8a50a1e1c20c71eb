package dev.edit.families;

/**
 * How many problems each set has, over all its families.
 *
 * @param train in-domain problems to train on
 * @param test in-domain test problems
 * @param harder test problems of the trained families, one move longer
 * @param unseen test problems of the family that is never trained on
 */
public record SetSizes(int train, int test, int harder, int unseen) {

  public SetSizes {
    require("train", train);
    require("test", test);
    require("harder", harder);
    require("unseen", unseen);
  }

  private static void require(String field, int value) {
    if (value < 0 || value > 1_000_000) {
      throw new IllegalArgumentException(field + ": expected 0 to 1000000, got " + value);
    }
  }
}
