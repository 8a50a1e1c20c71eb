package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfile keeps what the manifests rely on, and its scripts do what they say. */
class ImagesTest {
  private static final Dockerfile DOCKERFILE = Dockerfile.parse(Checkout.read("docker/Dockerfile"));

  @Test
  void shouldFixEveryBaseWhenAnImageIsBuilt() {
    List<String> bases = new ArrayList<>(DOCKERFILE.globals().values());
    bases.removeIf(base -> !base.contains("/"));
    assertThat(bases)
        .hasSize(3)
        .allSatisfy(base -> assertThat(base).matches("docker\\.io/.+:[0-9][0-9A-Za-z._-]+"));
    assertThat(DOCKERFILE.stages())
        .allSatisfy(
            stage ->
                assertThat(stage.from())
                    .as(stage.name())
                    .matches(
                        from ->
                            from.startsWith("${")
                                ? DOCKERFILE
                                    .globals()
                                    .containsKey(from.substring(2, from.length() - 1))
                                : DOCKERFILE.stages().stream()
                                    .anyMatch(other -> other.name().equals(from))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "cli", "cuda"})
  void shouldRunWithoutRightsAndShellWhenAnImageStarts(String target) {
    List<Dockerfile.Stage> line = DOCKERFILE.line(target);
    assertThat(line.stream().flatMap(stage -> stage.all("USER").stream()).findFirst())
        .hasValue("10001:10001");
    assertThat(line.get(0).all("ENTRYPOINT"))
        .singleElement()
        .satisfies(entry -> assertThat(entry).startsWith("[\"java\""));
    String environment =
        line.stream().flatMap(stage -> stage.all("ENV").stream()).collect(Collectors.joining(" "));
    assertThat(environment)
        .contains("QUARKUS_HTTP_PORT=8080", "MaxRAMPercentage", "ExitOnOutOfMemoryError")
        .contains("DJL_CACHE_DIR=/tmp/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "cuda"})
  void shouldSayHowItIsWhenItIsAService(String target) {
    assertThat(DOCKERFILE.stage(target).all("HEALTHCHECK"))
        .singleElement()
        .satisfies(check -> assertThat(check).contains("healthcheck.sh"));
    assertThat(DOCKERFILE.stage(target).all("EXPOSE")).containsExactly("8080");
  }

  @Test
  void shouldFindEveryFileWhenAStageCopiesFromTheCheckout() {
    for (Dockerfile.Stage stage : DOCKERFILE.stages()) {
      for (String copy : stage.all("COPY")) {
        List<String> words =
            List.of(copy.split("\\s+")).stream().filter(word -> !word.startsWith("--")).toList();
        if (!copy.contains("--from=")) {
          String source = words.get(0).replace("${MODULE}/target", "cli");
          assertThat(Checkout.ROOT.resolve(source)).as(copy).exists();
        } else {
          String from = copy.replaceFirst(".*--from=(\\S+).*", "$1");
          assertThat(DOCKERFILE.stages()).extracting(Dockerfile.Stage::name).contains(from);
        }
      }
    }
  }

  @Test
  void shouldTakeTheNativesOfThePomWhenItIsForCuda() {
    String pom = Checkout.read("pom.xml");
    String version =
        Pattern.compile("<pytorch.version>(.+)</pytorch.version>")
            .matcher(pom)
            .results()
            .map(result -> result.group(1))
            .findFirst()
            .orElseThrow();
    assertThat(DOCKERFILE.stage("cuda-natives").all("ARG")).contains("PYTORCH=" + version);
  }

  @Test
  void shouldBuildEveryImageThatTheOverlaysRun() {
    String script = Checkout.read("docker/build.sh");
    for (String overlay : Checkout.OVERLAYS) {
      for (JsonNode image : Kustomization.in(Checkout.overlay(overlay)).node().path("images")) {
        String name = image.path("newName").asText(image.path("name").asText());
        assertThat(script).contains("\n" + name + " ");
        assertThat(script).contains("tag=" + image.path("newTag").asText().replace("-cuda", ""));
      }
    }
  }

  @Test
  void shouldAnswerByStatusWhenHealthIsAsked() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] status = {200};
    server.createContext(
        "/q/health/live",
        exchange -> {
          exchange.sendResponseHeaders(status[0], -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    assertThat(health(port)).isZero();
    status[0] = 503;
    assertThat(health(port)).isNotZero();
    server.stop(0);
    assertThat(health(port)).isNotZero();
  }

  @Test
  void shouldHandItsArgumentsOnWhenTheCommandIsCalled(@TempDir Path folder) throws IOException {
    Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Programs.Result result =
        Programs.run(
            List.of("sh", Checkout.ROOT.resolve("docker/edit.sh").toString(), "run", "show", "a b"),
            Map.of("PATH", folder + ":" + System.getenv("PATH"), "COLUMNS", "120"),
            folder);
    assertThat(result.output())
        .startsWith("<-Dedit.terminal=false><-Dedit.columns=120>")
        .contains("<-cp></opt/edit/app/*:/opt/edit/lib/*>")
        .endsWith("<dev.edit.cli.Edit><run><show><a b>");
  }

  private static int health(int port) {
    return Programs.run(
            List.of("bash", Checkout.ROOT.resolve("docker/healthcheck.sh").toString()),
            Map.of("QUARKUS_HTTP_PORT", String.valueOf(port)),
            Checkout.ROOT)
        .exitCode();
  }

  @Test
  void shouldGatherJarsOrSayWhatToBuild(@TempDir Path folder) throws IOException {
    Path app = Files.createDirectories(folder.resolve("a-service/target/quarkus-app/lib/main"));
    Files.createFile(app.resolve("x.jar"));
    Files.createDirectories(folder.resolve("cli/target/lib"));
    Files.createFile(folder.resolve("cli/target/cli-1.jar"));
    Files.createFile(folder.resolve("cli/target/cli-1-tests.jar"));
    Files.createDirectories(folder.resolve("unbuilt"));

    assertThat(collect(folder, "a-service").exitCode()).isZero();
    assertThat(folder.resolve("out/a-service/lib/main/x.jar")).exists();
    assertThat(collect(folder, "cli").exitCode()).isZero();
    assertThat(folder.resolve("out/cli/app")).isDirectoryContaining("glob:**/cli-1.jar");
    assertThat(folder.resolve("out/cli/app/cli-1-tests.jar")).doesNotExist();
    Programs.Result unbuilt = collect(folder, "unbuilt");
    assertThat(unbuilt.exitCode()).isEqualTo(1);
    assertThat(unbuilt.output()).contains("./mvnw -DskipTests package");
  }

  private static Programs.Result collect(Path folder, String module) {
    return Programs.run(
        List.of(
            "sh",
            Checkout.ROOT.resolve("docker/collect.sh").toString(),
            module,
            folder.resolve("out").resolve(module).toString()),
        Map.of(),
        folder);
  }
}
