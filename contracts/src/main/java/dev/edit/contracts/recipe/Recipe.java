package dev.edit.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.edit.contracts.InvalidRecordException;
import java.util.Arrays;

/**
 * The recipes a run can name (method, section 5); each says which data its SFT stage sees and
 * whether KRSL follows.
 */
public enum Recipe {
  /** SFT on D+: the teacher's own right CoTs. */
  STD_COT("std-cot", false, false),
  /** SFT on D_merge+: own right CoTs and rectified ones. */
  EDIT_NO_KRSL("edit-no-krsl", true, false),
  /** SFT on D_merge+, then KRSL on D_dual. */
  EDIT("edit", true, true);

  private final String recipeName;
  private final boolean sftOnRectified;
  private final boolean krsl;

  Recipe(String recipeName, boolean sftOnRectified, boolean krsl) {
    this.recipeName = recipeName;
    this.sftOnRectified = sftOnRectified;
    this.krsl = krsl;
  }

  /** The name users write, such as {@code edit-no-krsl}. */
  @JsonValue
  public String recipeName() {
    return recipeName;
  }

  /** Whether SFT sees rectified CoTs besides the teacher's own right ones. */
  public boolean sftOnRectified() {
    return sftOnRectified;
  }

  /** Whether a KRSL stage follows SFT. */
  public boolean krsl() {
    return krsl;
  }

  /**
   * The recipe of a name.
   *
   * @throws InvalidRecordException where no recipe has it
   */
  @JsonCreator
  public static Recipe named(String name) {
    return Arrays.stream(values())
        .filter(recipe -> recipe.recipeName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRecordException(
                    "recipe",
                    name,
                    "one of " + Arrays.stream(values()).map(Recipe::recipeName).toList()));
  }
}
