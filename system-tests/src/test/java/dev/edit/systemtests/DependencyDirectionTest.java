package dev.edit.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module and which layer may use which; the build fails on a violation. */
class DependencyDirectionTest {
  private static final String[] CONTAINER = {
    "io.quarkus..",
    "jakarta.enterprise..",
    "jakarta.inject..",
    "org.eclipse.microprofile..",
    "io.smallrye..",
    "jakarta.ws.rs.."
  };
  private static final List<String> SERVICES =
      List.of("generator", "aligner", "trainer", "evaluator", "simulatedteacher");

  private static final Set<String> CLIENTS =
      Set.of(
          "org.apache.kafka.clients.consumer.KafkaConsumer",
          "org.apache.kafka.clients.producer.KafkaProducer",
          "org.apache.kafka.clients.admin.Admin");

  private static JavaClasses main;

  @BeforeAll
  static void importClasses() {
    main = Modules.mainClasses();
  }

  @Test
  void shouldSeeEveryModuleWhenTheProjectIsBuilt() {
    for (String name :
        List.of(
            "contracts",
            "alignment",
            "datasets",
            "families",
            "openai",
            "prompts",
            "statistics",
            "tokenizer",
            "student",
            "artifacts",
            "embeddedkafka",
            "cli")) {
      assertThat(main.that(resideInAPackage("dev.edit." + name + ".."))).as(name).isNotEmpty();
    }
    for (String name : SERVICES) {
      assertThat(main.that(resideInAPackage("dev.edit." + name + ".."))).as(name).isNotEmpty();
    }
  }

  @Test
  void shouldKeepContractsPlainWhenTheyGrow() {
    noClasses()
        .that()
        .resideInAPackage("dev.edit.contracts..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(CONTAINER)
                .or(resideInAnyPackage("ai.djl..", "org.apache.kafka.."))
                .or(
                    resideInAPackage("dev.edit..")
                        .and(not(resideInAPackage("dev.edit.contracts..")))))
        .check(main);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alignment",
        "artifacts",
        "datasets",
        "families",
        "openai",
        "prompts",
        "statistics",
        "tokenizer",
        "student"
      })
  void shouldKeepLibrariesFreeOfContainerAndKafkaWhenTheyGrow(String library) {
    noClasses()
        .that()
        .resideInAPackage("dev.edit." + library + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(CONTAINER).or(resideInAnyPackage("org.apache.kafka..")))
        .check(main);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alignment",
        "artifacts",
        "datasets",
        "families",
        "openai",
        "prompts",
        "statistics"
      })
  void shouldKeepPlainLibrariesFreeOfTensorsWhenTheyGrow(String library) {
    noClasses()
        .that()
        .resideInAPackage("dev.edit." + library + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("ai.djl.."))
        .check(main);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alignment", "statistics", "tokenizer", "student"})
  void shouldUseNothingOfOursWhenALibraryIsAKernel(String library) {
    noClasses()
        .that()
        .resideInAPackage("dev.edit." + library + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.edit..").and(not(resideInAPackage("dev.edit." + library + ".."))))
        .check(main);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"generator", "aligner", "trainer", "evaluator", "simulatedteacher", "cli"})
  void shouldNotUseAnotherServiceWhenAServiceGrows(String service) {
    String[] others =
        SERVICES.stream()
            .filter(other -> !other.equals(service))
            .map(other -> "dev.edit." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.edit." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(main);
  }

  @Test
  void shouldKeepDomainsPlainWhenServicesGrow() {
    noClasses()
        .that()
        .resideInAPackage("dev.edit.*.domain..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(CONTAINER).or(resideInAnyPackage("org.apache.kafka..")))
        .check(main);
  }

  @Test
  void shouldPointInwardsWhenServicesAreLayered() {
    noClasses()
        .that()
        .resideInAPackage("dev.edit.*.domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.edit.*.messaging..",
            "dev.edit.*.web..",
            "dev.edit.*.client..",
            "dev.edit.*.config..")
        .check(main);
    noClasses()
        .that()
        .resideInAnyPackage("dev.edit.*.messaging..", "dev.edit.*.web..", "dev.edit.*.client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.edit.*.config..")
        .check(main);
  }

  /** Extraction and grading are one piece of code: whoever grades calls it. */
  @ParameterizedTest
  @ValueSource(strings = {"generator", "aligner", "trainer", "evaluator", "cli", "prompts"})
  void shouldGradeByTheContractsRuleWhenAModuleGrades(String module) {
    assertThat(
            main.stream()
                .filter(type -> type.getPackageName().startsWith("dev.edit." + module))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .map(call -> call.getTargetOwner().getPackageName()))
        .contains("dev.edit.contracts.grading");
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.edit.contracts.grading")
        .and()
        .resideInAPackage("dev.edit." + module + "..")
        .should()
        .haveSimpleNameContaining("Extract")
        .orShould()
        .haveSimpleName("Grade")
        .check(main);
  }

  @Test
  void shouldBeTheOnlyUserOfTheBrokerWhenItIsEmbedded() {
    classes()
        .that()
        .resideInAPackage("dev.edit.embeddedkafka..")
        .should()
        .onlyBeAccessed()
        .byAnyPackage("dev.edit.embeddedkafka..", "dev.edit.cli..")
        .check(main);
  }

  @Test
  void shouldNotSleepWhenATestWaits() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
        .check(Modules.testClasses());
  }

  @Test
  void shouldTakeCredentialsFromTheEnvironmentWhereverAClientOfKafkaIsMade() {
    classes()
        .that(describe("make clients of Kafka", DependencyDirectionTest::makesClients))
        // The first has a broker of its own; the others are given what Quarkus read.
        .and()
        .doNotHaveFullyQualifiedName("dev.edit.embeddedkafka.EmbeddedKafka")
        .and()
        .doNotHaveFullyQualifiedName("dev.edit.aligner.messaging.KafkaClients")
        .and()
        .doNotHaveFullyQualifiedName("dev.edit.generator.messaging.StageClients")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.edit.contracts.KafkaEnvironment")
        .check(main);
  }

  private static boolean makesClients(JavaClass type) {
    return Stream.concat(
            type.getConstructorCallsFromSelf().stream(),
            type.getMethodCallsFromSelf().stream().filter(call -> call.getName().equals("create")))
        .anyMatch(call -> CLIENTS.contains(call.getTargetOwner().getName()));
  }
}
