package dev.edit.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser, over a real small run; skipped where no Chromium is installed.
 *
 * <ol>
 *   <li>A small quickstart runs to its end and stays.
 *   <li>Every page is opened, wide and narrow, light and dark, by mouse and by keyboard.
 *   <li>Fifty hostile texts are published as questions, chains of thought, records, messages,
 *       tasks, and looked at; so is an evaluation with key steps.
 *   <li>No script may have run that is not the console's, no request may have left its origin.
 * </ol>
 *
 * <p>Pictures of the pages go to {@code target/console}, or to {@code docs/console} with {@code
 * -Dedit.screenshots=true}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleST {
  private static final Pattern CONSOLE = Pattern.compile("Console (http\\S+) \\(token (\\w+)\\)");
  private static final Pattern BROKER = Pattern.compile("Broker at (\\S+);");

  /** Tests that need the hostile texts come after those that show an ordinary run. */
  private static final int HOSTILE = Order.DEFAULT + 1;

  @TempDir static Path folder;
  private static EditProcess edit;
  private static Browser browser;
  private static String console;
  private static String token;

  private final List<String> faults = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void runQuickstart() throws Exception {
    assumeTrue(
        Browser.executable().isPresent(),
        "no chromium on the PATH: the console is not looked at (Debian: apt-get install chromium)");
    edit =
        EditProcess.start(
            folder.resolve("out"),
            "quickstart",
            "--problems=120",
            "--test-problems=30",
            "--seed=11",
            "--seeds=1",
            "--sft-steps=60",
            "--krsl-steps=20",
            "--no-browser",
            "--stay",
            "--workspace=" + folder.resolve("workspace"));
    await()
        .atMost(Duration.ofMinutes(15))
        .until(() -> edit.output().contains("stay until Ctrl-C") || edit.hasEnded());
    assertThat(edit.hasEnded()).as(edit.output()).isFalse();
    Matcher address = find(CONSOLE);
    console = address.group(1);
    token = address.group(2);
    browser = Browser.start(Browser.executable().orElseThrow());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (edit != null) {
      edit.close();
    }
  }

  @BeforeEach
  void openContext() {
    open(new NewContextOptions().setViewportSize(1280, 860));
  }

  @AfterEach
  void shouldHaveRunNothingAndAskedNobodyElse() {
    assertThat(page.evaluate("() => window.executed === true")).isEqualTo(false);
    assertThat(faults).isEmpty();
    context.close();
  }

  @Test
  void shouldShowTheWholePipelineWhenARunHasEnded() {
    go("");

    page.locator(".stages li").filter(having("Aligned")).locator(".number").waitFor();
    assertThat(page.locator(".stages").innerText()).contains("Train problems").contains("120");
    page.getByText("edit-aligner").first().waitFor();
    picture("pipeline");
  }

  @Test
  void shouldShowRunsWithTheirCurvesWhenTheyHaveEnded() {
    go("runs");
    page.getByText("edit-no-krsl-11").first().waitFor();
    picture("runs");

    page.locator("a").filter(having("edit-11")).first().click();
    page.locator(".chart canvas").first().waitFor();
    page.getByText("mean log-likelihood of key tokens").waitFor();
    // The charts, not the student's path.
    page.getByText("krsl: learning rate").evaluate("e => e.scrollIntoView({block: 'end'})");
    assertThat(page.locator("summary")).satisfies(s -> assertThat(s.count()).isEqualTo(3));
    picture("run");
  }

  @Test
  void shouldCompareTwoRunsWhenBothAreChosen() {
    go("compare");
    page.getByLabel("First").selectOption("edit-11");
    page.getByLabel("Second").selectOption("std-cot-11");

    page.getByText("edit-11 minus std-cot-11, the same problems").waitFor();
    assertThat(page.locator("table").last().innerText()).contains("families-in");
    picture("compare");
  }

  @Test
  void shouldHighlightKeyStepsWhenAPairIsOpened() {
    go("pairs");
    page.getByLabel("Origin").selectOption("RECTIFIED");
    page.locator("tbody tr").filter(having("rectified")).first().waitFor();
    picture("pairs");

    page.locator("tbody a").first().click();
    page.locator(".side.wrong mark").first().waitFor();
    page.locator(".side.right mark").first().waitFor();
    picture("pair");
  }

  @Test
  @Order(HOSTILE)
  void shouldShowHostileTextsAsTextWhenTheyAreQuestionsAndChainsOfThought() {
    HostileRecords.publish(find(BROKER).group(1), "edit-11");
    List<String> texts = HostileTexts.all();
    go("pairs");
    awaitOption("hostile");
    page.getByLabel("Task").selectOption("hostile");
    page.getByText("1–20 of 50").waitFor();
    List<String> links = new ArrayList<>();
    for (int shown = 0; shown < texts.size(); shown += 20) {
      page.getByText("%d–%d of 50".formatted(shown + 1, Math.min(50, shown + 20))).waitFor();
      Locator anchors = page.locator("tbody a");
      anchors.first().waitFor();
      anchors.all().forEach(anchor -> links.add(anchor.getAttribute("href")));
      if (shown + 20 < texts.size()) {
        page.getByText("Older").click();
      }
    }
    assertThat(links).hasSize(50).doesNotHaveDuplicates();

    List<String> seen = new ArrayList<>();
    for (String link : links) {
      page.navigate(console + link);
      page.locator(".side.wrong").waitFor();
      String question = page.locator(".question").textContent();
      seen.add(question);
      assertThat(page.locator(".side.right .cot").textContent()).isEqualTo(question);
      assertThat(page.locator(".side.wrong mark").textContent()).isEqualTo(question);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  @Order(HOSTILE + 1)
  void shouldShowKeyStepsAndHostileTextsOfARunWhenItIsOpened() {
    go("runs/edit-11");
    Locator keySteps = page.locator("section.key-steps");
    keySteps.waitFor();
    assertThat(keySteps.innerText())
        .containsSubsequence("Right key tokens", "-0.25 ± 0.05 nats", "Wrong", "-1.50 ± 0.25 nats")
        .containsSubsequence("Margin", "1.25 ± 0.20 nats", "75", "± 25", "of the pairs");

    List<String> texts = HostileTexts.all();
    page.locator("summary").filter(having("hostile")).waitFor();
    assertThat(page.locator("details td:first-child").allTextContents()).containsAll(texts);
    page.locator("ol.plain li").filter(having(texts.get(49))).first().waitFor();
    List<String> messages = page.locator("ol.plain li").allTextContents();
    assertThat(texts).allSatisfy(text -> assertThat(messages).anyMatch(m -> m.endsWith(text)));
  }

  @Test
  @Order(HOSTILE + 1)
  void shouldReplayADeadLetterWhenTheTokenIsEntered() {
    go("dead-letters");
    page.getByText("hostile-reason").first().waitFor();
    page.locator(".chips button").filter(having("hostile-reason")).click();
    Locator row = page.locator("tbody tr").first();
    row.getByText("Record").click();
    page.locator("pre.record").waitFor();
    assertThat(row.getByText("Replay").isDisabled()).isTrue();
    picture("dead-letters");

    page.getByLabel("Token for replays").fill(token);
    row.getByText("Replay").click();
    row.getByText("sent to edit.problems").waitFor();
  }

  @Test
  void shouldBeUsableByKeyboardWhenThereIsNoMouse() {
    go("");
    page.locator(".stages").waitFor();
    page.keyboard().press("Tab");
    assertThat(focused()).isEqualTo("Skip to content");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertThat(focused()).isEqualTo("Runs");
    page.keyboard().press("Enter");

    page.getByText("edit-no-krsl-11").first().waitFor();
    assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("main");
  }

  @Test
  void shouldFitAPhoneInTheDarkWhenEveryPageIsOpened() {
    context.close();
    open(
        new NewContextOptions()
            .setViewportSize(390, 844)
            .setColorScheme(ColorScheme.DARK)
            .setIsMobile(true));
    for (String path : List.of("", "runs", "runs/edit-11", "compare", "pairs", "dead-letters")) {
      go(path);
      page.locator("main h2").first().waitFor();
      page.locator("main .number, main table, main dl, main p.quiet:not([role])").first().waitFor();
      assertThat(
              (Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .as(path)
          .isTrue();
    }
    go("pairs");
    page.getByLabel("Origin").selectOption("RECTIFIED");
    page.locator("tbody tr").filter(having("rectified")).first().waitFor();
    page.locator("tbody a").first().click();
    page.locator(".side.wrong mark").first().waitFor();
    picture("pair-on-a-phone");
  }

  private void open(NewContextOptions options) {
    context = browser.context(options);
    page = context.newPage();
    page.setDefaultTimeout(90_000);
    page.onDialog(
        dialog -> {
          faults.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onPageError(error -> faults.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            faults.add("console: " + message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(console)) {
            faults.add("request: " + request.url());
          }
        });
  }

  private void go(String path) {
    page.navigate(console + "#/" + path);
  }

  private void awaitOption(String value) {
    page.locator("option[value='" + value + "']")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
  }

  private String focused() {
    return (String) page.evaluate("() => document.activeElement.textContent.trim()");
  }

  private void picture(String name) {
    Path target =
        Boolean.getBoolean("edit.screenshots")
            ? Modules.ROOT.resolve("docs/console")
            : Path.of("target/console");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(target.resolve(name + ".png")).setFullPage(false));
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Matcher find(Pattern pattern) {
    Matcher matcher = pattern.matcher(edit.output());
    assertThat(matcher.find()).as(edit.output()).isTrue();
    return matcher;
  }
}
