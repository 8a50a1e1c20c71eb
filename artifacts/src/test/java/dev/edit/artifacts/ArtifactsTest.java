package dev.edit.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ArtifactsTest {
  private static final int PART = 1 << 18;

  // Clients of the SDK take most of a second to make, so all tests share them.
  private static LocalS3Server server;
  private static S3Client client;
  private static Artifacts artifacts;
  private static FailingObjects failing;

  @TempDir private static Path cache;
  @TempDir private Path temporary;
  private Path folder;

  @BeforeAll
  static void start() {
    server = new LocalS3Server();
    client = server.client();
    artifacts = new Artifacts(server.settings(), cache, PART);
    failing = new FailingObjects();
  }

  @AfterAll
  static void stop() {
    failing.close();
    artifacts.close();
    client.close();
    server.close();
  }

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectories(temporary.resolve("folder"));
    Random random = new Random(3);
    for (int size : new int[] {0, 1, 1000, PART, PART + 1, 3 * PART + 77}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      Files.write(folder.resolve("f-" + size + ".safetensors"), bytes);
    }
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/config.json"), "{}");
  }

  /** Two kinds of stores, each promise of which is the same. */
  private String root(String kind) {
    return kind.equals("s3")
        ? "s3://" + LocalS3Server.BUCKET + "/" + temporary.getFileName()
        : temporary.resolve("store").toUri().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "file"})
  void shouldBringBackEveryByteWhenPublished(String kind) throws IOException {
    ArtifactStore store = artifacts.store(root(kind));
    String uri = store.publish("run-1/sft", folder);
    assertThat(uri).isEqualTo(store.uri("run-1/sft")).endsWith("/run-1/sft");
    Path fetched = artifacts.fetch(uri, Trust.VERIFIED);
    Map<String, String> expected = contents(folder);
    assertThat(contents(fetched)).containsAllEntriesOf(expected).hasSize(expected.size() + 1);
    assertThat(artifacts.fetch(uri, Trust.VERIFIED)).isEqualTo(fetched);
    assertThat(store.publish("copy", fetched)).isEqualTo(store.uri("copy"));
    assertThat(fetched.resolve("manifest.json"))
        .hasSameBinaryContentAs(
            artifacts.fetch(store.uri("copy"), Trust.VERIFIED).resolve("manifest.json"));
    assertThat(store.names("")).containsExactly("copy", "run-1/sft");
    assertThat(store.names("run-1")).containsExactly("run-1/sft");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "file"})
  void shouldHoldNothingOfTheOldWhenReplaced(String kind) throws IOException {
    ArtifactStore store = artifacts.store(root(kind));
    String uri = store.publish("a", folder);
    Path first = artifacts.fetch(uri, Trust.VERIFIED);
    Path other = Files.createDirectories(temporary.resolve("other"));
    Files.writeString(other.resolve("only.txt"), "new");
    store.publish("a", other);
    Path second = artifacts.fetch(uri, Trust.VERIFIED);
    assertThat(contents(second)).containsOnlyKeys("only.txt", "manifest.json");
    if (kind.equals("s3")) {
      assertThat(contents(first)).containsKey("sub/config.json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "file"})
  void shouldFindNothingWhenRemoved(String kind) throws IOException {
    ArtifactStore store = artifacts.store(root(kind));
    String uri = store.publish("a", folder);
    store.remove("a");
    store.remove("a");
    assertThat(store.names("")).isEmpty();
    assertThatThrownBy(() -> artifacts.fetch(uri, Trust.VERIFIED))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "file"})
  void shouldMakeAnArtifactOfWhatIsWritten(String kind) throws IOException {
    ArtifactStore store = artifacts.store(root(kind));
    String uri =
        store.write("run/one", draft -> Files.writeString(draft.resolve("weights"), "1 2 3"));
    assertThat(uri).isEqualTo(store.uri("run/one"));
    Path fetched = store.fetch("run/one");
    assertThat(contents(fetched)).containsOnlyKeys("manifest.json", "weights");
    assertThat(fetched.resolve("weights")).hasContent("1 2 3");
    assertThatThrownBy(
            () ->
                store.write(
                    "run/two",
                    draft -> {
                      Files.writeString(draft.resolve("weights"), "half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(store.names("run")).containsExactly("run/one");
    store.remove("run");
    assertThat(store.names("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "file"})
  void shouldKeepSmallFilesBesideArtifacts(String kind) throws IOException {
    ArtifactStore store = artifacts.store(root(kind));
    assertThat(store.get("run/epoch")).isNull();
    store.put("run/epoch", "1".getBytes(UTF_8));
    store.put("run/epoch", "2".getBytes(UTF_8));
    assertThat(store.get("run/epoch")).asString(UTF_8).isEqualTo("2");
    assertThat(store.names("")).isEmpty();
  }

  @Test
  void shouldRemoveTheCopiesThatWereNotUsedForLongWhenTheCacheIsTrimmed() throws IOException {
    ArtifactStore store = artifacts.store(root("s3"));
    Path own = temporary.resolve("own");
    try (Artifacts small = new Artifacts(server.settings(), own)) {
      List<Path> copies = new ArrayList<>();
      for (int at = 0; at < 3; at++) {
        String text = "x".repeat(1000) + at;
        String uri =
            store.write("t-" + at, draft -> Files.writeString(draft.resolve("a.txt"), text));
        copies.add(small.fetch(uri, Trust.VERIFIED));
        Files.setLastModifiedTime(copies.get(at), FileTime.fromMillis(1000L * at));
      }
      Path again = small.fetch(store.uri("t-0"), Trust.VERIFIED);
      Files.createDirectories(own.resolve(".t-9.draft-x"));

      small.trim(2500);

      assertThat(again).isEqualTo(copies.get(0));
      try (Stream<Path> left = Files.list(own)) {
        assertThat(left).containsExactlyInAnyOrder(copies.get(0), copies.get(2));
      }
      small.trim(0);
      assertThat(own).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "file"})
  void shouldRefuseToPublishWhatDoesNotMatchItsManifest(String kind) throws IOException {
    ArtifactStore store = artifacts.store(root(kind));
    Path fetched =
        artifacts.fetch(artifacts.store(root("file")).publish("x", folder), Trust.VERIFIED);
    Files.writeString(fetched.resolve("sub/config.json"), "[]");
    assertThatThrownBy(() -> store.publish("bad", fetched))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("sub/config.json: expected SHA-256 ");
    assertThat(store.names("")).doesNotContain("bad");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a//b", "a/../../x", "%2e", "a\0b", "", "."})
  void shouldRefuseNamesThatLeadElsewhere(String name) {
    for (String kind : new String[] {"s3", "file"}) {
      ArtifactStore store = artifacts.store(root(kind));
      assertThatThrownBy(() -> store.publish(name, folder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("artifact: expected segments of letters");
    }
  }

  @Test
  void shouldNameTheObjectWhenAByteWasFlipped() throws IOException {
    String uri = artifacts.store(root("s3")).publish("flipped", folder);
    byte[] bytes = Files.readAllBytes(folder.resolve("f-1000.safetensors"));
    bytes[500] ^= 1;
    putRaw("flipped/f-1000.safetensors", bytes);
    assertThatThrownBy(() -> artifacts.fetch(uri, Trust.VERIFIED))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining(uri + "/f-1000.safetensors: expected SHA-256 ");
    assertThat(cache).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void shouldRefuseACachedCopyWhenItWasChanged() throws IOException {
    String uri = artifacts.store(root("s3")).publish("cached", folder);
    Path cached = artifacts.fetch(uri, Trust.VERIFIED);
    Files.writeString(cached.resolve("sub/config.json"), "[]");
    assertThatThrownBy(() -> artifacts.fetch(uri, Trust.VERIFIED))
        .hasMessageContaining("sub/config.json: expected SHA-256 ");
  }

  @Test
  void shouldRefuseAManifestWhoseNamesLeadElsewhere() {
    String digest = "0".repeat(64);
    putRaw(
        "evil/manifest.json",
        "{\"files\": {\"../../x\": \"%s\"}}".formatted(digest).getBytes(UTF_8));
    assertThatThrownBy(() -> artifacts.fetch(root("s3") + "/evil", Trust.VERIFIED))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("manifest.json: file: expected segments of letters");
  }

  @Test
  void shouldTakeAModelWithoutAManifestOnlyWhenAskedTo() throws IOException {
    putRaw("plain/config.json", "{}".getBytes(UTF_8));
    String uri = root("s3") + "/plain/";
    assertThatThrownBy(() -> artifacts.fetch(uri, Trust.VERIFIED))
        .hasMessageContaining("plain/manifest.json: missing, so the artifact is not complete");
    Path first = artifacts.fetch(uri, Trust.AS_IS);
    assertThat(first.resolve("config.json")).hasContent("{}");
    putRaw("plain/config.json", "[]".getBytes(UTF_8));
    assertThat(artifacts.fetch(uri, Trust.AS_IS).resolve("config.json")).hasContent("[]");
  }

  @Test
  void shouldShowNoArtifactWhenTheStoreFailsOnTheWay() throws IOException {
    S3Address root = S3Address.parse(root("s3"));
    int objects = contents(folder).size() + 1;
    for (int fatal = 0; fatal < objects; fatal++) {
      failing.left = fatal;
      assertThatThrownBy(() -> new S3Store(failing, root, cache).publish("half", folder))
          .as("put %d fails", fatal)
          .hasMessage("disk full");
      assertThat(artifacts.store(root.toString()).names("")).as("put %d fails", fatal).isEmpty();
    }
    artifacts.store(root.toString()).publish("half", folder);
    assertThat(artifacts.store(root.toString()).names("")).containsExactly("half");
  }

  @Test
  void shouldNameTheAddressWhenTheBucketIsMissing() {
    assertThatThrownBy(() -> artifacts.store("s3://nowhere/x").publish("a", folder))
        .isInstanceOfSatisfying(
            StoreException.class, refused -> assertThat(refused.passing()).isFalse())
        .hasMessageContaining("s3://nowhere/x/a/");
  }

  @Test
  void shouldSayThatItMayPassWhenTheStoreDoesNotAnswer() {
    try (Artifacts away =
        new Artifacts(S3Settings.of(java.net.URI.create("http://127.0.0.1:1")), cache)) {
      assertThatThrownBy(() -> away.fetch("s3://models/x", Trust.VERIFIED))
          .isInstanceOfSatisfying(
              StoreException.class, refused -> assertThat(refused.passing()).isTrue())
          .hasMessageContaining("s3://models/x/");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3://B_d/x", "s3://bucket/../x", "http://host/x"})
  void shouldRefuseAddressesThatAreNone(String uri) {
    assertThatThrownBy(() -> artifacts.store(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uri: expected");
  }

  /** A store that refuses one of the objects. */
  private static final class FailingObjects extends S3Objects {
    private int left;

    FailingObjects() {
      super(server.settings(), PART);
    }

    private void count() throws IOException {
      if (left-- == 0) {
        throw new IOException("disk full");
      }
    }

    @Override
    void put(S3Address object, Path file) throws IOException {
      count();
      super.put(object, file);
    }

    @Override
    void put(S3Address object, byte[] bytes) throws IOException {
      count();
      super.put(object, bytes);
    }
  }

  private void putRaw(String key, byte[] bytes) {
    client.putObject(
        request -> request.bucket(LocalS3Server.BUCKET).key(temporary.getFileName() + "/" + key),
        RequestBody.fromBytes(bytes));
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), dev.edit.contracts.codec.Sha256.of(file));
      }
    }
    return contents;
  }
}
