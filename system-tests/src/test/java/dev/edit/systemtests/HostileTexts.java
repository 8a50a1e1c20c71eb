package dev.edit.systemtests;

import java.util.ArrayList;
import java.util.List;

/**
 * Fifty texts that would run as script, load something or break out of markup wherever a page took
 * them for anything but text. Each marks its success as {@code window.executed}.
 */
final class HostileTexts {
  private static final String MARK = "window.executed=true";

  private HostileTexts() {}

  static List<String> all() {
    List<String> texts = new ArrayList<>(tags());
    texts.addAll(handlers());
    texts.addAll(addresses());
    texts.addAll(escapes());
    if (texts.size() != 50) {
      throw new IllegalStateException("expected 50 texts, got " + texts.size());
    }
    return texts;
  }

  private static List<String> tags() {
    return List.of(
        "<script>" + MARK + "</script>",
        "<SCRIPT>" + MARK + "</SCRIPT>",
        "<script src=data:text/javascript," + MARK + "></script>",
        "<script type=module>" + MARK + "</script>",
        "</script><script>" + MARK + "</script>",
        "<scr<script>ipt>" + MARK + "</scr</script>ipt>",
        "<svg><script>" + MARK + "</script></svg>",
        "<math><mtext><script>" + MARK + "</script></mtext></math>",
        "<iframe srcdoc=\"<script>parent." + MARK + "</script>\"></iframe>",
        "<object data=\"data:text/html,<script>parent." + MARK + "</script>\"></object>",
        "<embed src=\"data:text/html,<script>" + MARK + "</script>\">",
        "<template><script>" + MARK + "</script></template>",
        "<noscript><p title=\"</noscript><script>" + MARK + "</script>\">",
        "<style>@import 'data:text/css,*{color:red}';</style>");
  }

  private static List<String> handlers() {
    return List.of(
        "<img src=x onerror=" + MARK + ">",
        "<img src=x onerror=\"" + MARK + "\">",
        "<svg onload=" + MARK + ">",
        "<svg/onload=" + MARK + ">",
        "<body onload=" + MARK + ">",
        "<input autofocus onfocus=" + MARK + ">",
        "<details open ontoggle=" + MARK + ">x</details>",
        "<video><source onerror=" + MARK + "></video>",
        "<audio src=x onerror=" + MARK + ">",
        "<marquee onstart=" + MARK + ">x</marquee>",
        "<select autofocus onfocus=" + MARK + ">",
        "<textarea autofocus onfocus=" + MARK + ">",
        "<div onpointerover=" + MARK + ">x</div>",
        "<a href=# onclick=" + MARK + ">x</a>",
        "<p style=animation-name:x onanimationstart=" + MARK + ">x</p>");
  }

  private static List<String> addresses() {
    return List.of(
        "javascript:" + MARK,
        "JaVaScRiPt:" + MARK,
        "<a href=\"javascript:" + MARK + "\">x</a>",
        "<form action=\"javascript:" + MARK + "\"><input type=submit></form>",
        "<meta http-equiv=refresh content=\"0;url=javascript:" + MARK + "\">",
        "<base href=\"javascript:" + MARK + "//\">",
        "<link rel=stylesheet href=\"data:text/css,body{display:none}\">",
        "data:text/html,<script>" + MARK + "</script>",
        "[x](javascript:" + MARK + ")");
  }

  private static List<String> escapes() {
    return List.of(
        "\"><script>" + MARK + "</script>",
        "'><script>" + MARK + "</script>",
        "\" onmouseover=\"" + MARK,
        "`${" + MARK + "}`",
        "${" + MARK + "}",
        "{{constructor.constructor('" + MARK + "')()}}",
        "<!--<script>" + MARK + "</script>-->",
        "]]><script>" + MARK + "</script>",
        "&lt;script&gt;" + MARK + "&lt;/script&gt;",
        "\\u003cscript\\u003e" + MARK + "\\u003c/script\\u003e",
        "<script>" + MARK + "</script>\u202e reversed",
        "{\"__proto__\":{\"html\":\"<img src=x onerror=" + MARK + ">\"}}");
  }
}
