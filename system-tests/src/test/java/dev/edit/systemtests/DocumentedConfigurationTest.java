package dev.edit.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key that a service reads is in docs/configuration.md. */
class DocumentedConfigurationTest {

  @ParameterizedTest
  @CsvSource({
    "generator-service, generator",
    "aligner-service, aligner",
    "trainer-service, trainer",
    "evaluator-service, evaluator",
    "simulated-teacher, simulatedteacher"
  })
  void shouldDocumentEveryKeyOfAService(String name, String service) throws IOException {
    String page = Files.readString(Modules.ROOT.resolve(Path.of("docs", "configuration.md")));
    String section = page.substring(page.indexOf("## " + name));
    String rest = section.substring(3);
    String own = rest.contains("\n## ") ? rest.substring(0, rest.indexOf("\n## ")) : rest;
    List<String> keys = keys("dev.edit." + service + ".config").toList();
    assertThat(keys).isNotEmpty();
    assertThat(keys).allSatisfy(key -> assertThat(own).containsPattern("[`.]" + key + "`"));
  }

  /** Last segments of the keys: methods of config interfaces that are no groups of keys. */
  private static Stream<String> keys(String configPackage) {
    return Modules.mainClasses().stream()
        .filter(type -> type.getPackageName().equals(configPackage) && type.isInterface())
        .filter(type -> type.getName().contains("Config"))
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> !isGroup(method.getRawReturnType(), configPackage))
        .map(JavaMethod::getName)
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  private static boolean isGroup(JavaClass type, String configPackage) {
    return type.getPackageName().equals(configPackage);
  }
}
