package dev.edit.systemtests.deployment;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The configuration keys of a module, out of its compiled {@code @ConfigMapping} interfaces. */
final class ConfigKeys {
  private static final String MAPPING = "io.smallrye.config.ConfigMapping";
  private static final String DEFAULT = "io.smallrye.config.WithDefault";

  private ConfigKeys() {}

  /**
   * A key.
   *
   * @param name as in a properties file
   * @param defaultValue empty where there is none
   * @param required whether the service ends at once without it
   */
  record Key(String name, Optional<String> defaultValue, boolean required) {

    /** Its name as an environment variable. */
    String variable() {
      return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
  }

  /** The keys of a module. */
  static List<Key> of(String module) {
    Path classes = Checkout.ROOT.resolve(module).resolve("target/classes");
    if (!Files.isDirectory(classes)) {
      throw new IllegalStateException("not built: " + classes + " is missing");
    }
    JavaClasses imported = new ClassFileImporter().importPath(classes);
    return imported.stream()
        .filter(type -> type.isAnnotatedWith(MAPPING))
        .flatMap(
            type -> keys(type, type.getAnnotationOfType(MAPPING).get("prefix").get().toString()))
        .sorted(Comparator.comparing(Key::name))
        .toList();
  }

  private static Stream<Key> keys(JavaClass group, String prefix) {
    List<Key> keys = new ArrayList<>();
    for (JavaMethod method : group.getMethods()) {
      String name = prefix + "." + kebab(method.getName());
      JavaClass type = method.getRawReturnType();
      if (type.isInterface() && type.getPackageName().equals(group.getPackageName())) {
        keys(type, name).forEach(keys::add);
      } else {
        Optional<String> defaultValue = defaultOf(method);
        boolean optional =
            type.getName().startsWith("java.util.Optional") || type.isEquivalentTo(Map.class);
        keys.add(new Key(name, defaultValue, defaultValue.isEmpty() && !optional));
      }
    }
    return keys.stream();
  }

  private static Optional<String> defaultOf(JavaMethod method) {
    for (JavaAnnotation<JavaMethod> annotation : method.getAnnotations()) {
      if (annotation.getRawType().getName().equals(DEFAULT)) {
        return annotation.get("value").map(Object::toString);
      }
    }
    return Optional.empty();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
