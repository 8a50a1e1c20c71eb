package dev.edit.cli;

import dev.edit.contracts.recipe.Recipe;
import java.util.Arrays;
import java.util.Iterator;

/** The recipes' names, for the help of verbs that take one. */
final class RecipeNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Recipe.values()).map(Recipe::recipeName).iterator();
  }
}
