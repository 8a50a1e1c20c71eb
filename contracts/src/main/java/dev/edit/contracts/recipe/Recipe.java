package dev.edit.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.edit.contracts.InvalidRecordException;
import java.util.Arrays;

/** The recipes a run can name (method, section 5): what SFT reads, and what follows it. */
public enum Recipe {
  STD_COT("std-cot", SftView.OWN_RIGHT, SecondStage.NONE),
  STD_COT_REPEAT("std-cot-repeat", SftView.OWN_RIGHT_REPEATED, SecondStage.NONE),
  STD_COT_DUAL("std-cot-dual", SftView.BOTH_SIDES_MARKED, SecondStage.NONE),
  MT_COT("mt-cot", SftView.ANSWER_AND_COT, SecondStage.NONE),
  SBS("sbs", SftView.LABEL_AND_RATIONALE, SecondStage.NONE),
  SCOTT("scott", SftView.OWN_RIGHT_AND_COUNTERFACTUAL, SecondStage.NONE),
  EDIT_NO_KRSL("edit-no-krsl", SftView.ALL_RIGHT, SecondStage.NONE),
  EDIT_NO_RWC("edit-no-rwc", SftView.OWN_RIGHT, SecondStage.KRSL),
  EDIT("edit", SftView.ALL_RIGHT, SecondStage.KRSL),
  DPO("dpo", SftView.ALL_RIGHT, SecondStage.DPO);

  private final String recipeName;
  private final SftView sftView;
  private final SecondStage secondStage;

  Recipe(String recipeName, SftView sftView, SecondStage secondStage) {
    this.recipeName = recipeName;
    this.sftView = sftView;
    this.secondStage = secondStage;
  }

  /** The name users write, such as {@code edit-no-krsl}. */
  @JsonValue
  public String recipeName() {
    return recipeName;
  }

  /** What SFT reads. */
  public SftView sftView() {
    return sftView;
  }

  /** What follows SFT. */
  public SecondStage secondStage() {
    return secondStage;
  }

  /** Whether any stage reads pairs of a right and a wrong CoT. */
  public boolean readsDuals() {
    return sftView.readsDuals() || secondStage != SecondStage.NONE;
  }

  /** Whether a KRSL stage follows SFT. */
  public boolean krsl() {
    return secondStage == SecondStage.KRSL;
  }

  /**
   * What stands before a question when a student of this recipe is examined: nothing, unless it
   * learned to answer under a task prefix of its own.
   */
  public String questionPrefix() {
    return this == SBS ? Markers.LABEL : "";
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
