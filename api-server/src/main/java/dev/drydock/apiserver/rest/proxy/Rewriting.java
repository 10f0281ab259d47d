package dev.drydock.apiserver.rest.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the addresses in a server's answers lead through the proxy: an address without a host, or
/// with the server's own, gets the proxy's path in front.
///
/// @param prefix path of the proxy, without a slash at its end
/// @param serverHost of the server
/// @param requestHost as the client knows us
public record Rewriting(String prefix, String serverHost, String requestHost) {
  private static final Pattern URL =
      Pattern.compile("(?:([a-zA-Z][a-zA-Z0-9+.-]*:)?//([^/?#]*))?(/[^?#]*)?(.*)", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(<[a-zA-Z][^<>]*?\\s(?:href|src|action|formaction|background|cite|codebase|data|icon"
              + "|longdesc|manifest|poster|profile|usemap)\\s*=\\s*)(\"[^\"<>]*\"|'[^'<>]*')",
          Pattern.CASE_INSENSITIVE);

  /// One address.
  public String url(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || parts.group(3) == null) {
      return url;
    }
    String host = parts.group(2) == null ? "" : parts.group(2);
    String path = parts.group(3);
    boolean ours = host.isEmpty() || host.equals(serverHost) || host.equals(requestHost);
    if (!ours) {
      return url;
    }
    boolean done = path.equals(prefix) || path.startsWith(prefix + "/");
    return (done ? path : prefix + path) + parts.group(4);
  }

  /// All addresses in the tags of an HTML page.
  public String page(String html) {
    var out = new StringBuilder(html.length() + 256);
    Matcher attributes = ATTRIBUTE.matcher(html);
    int at = 0;
    while (attributes.find()) {
      String quoted = attributes.group(2);
      char quote = quoted.charAt(0);
      String inner = quoted.substring(1, quoted.length() - 1);
      out.append(html, at, attributes.start(2)).append(quote).append(url(inner)).append(quote);
      at = attributes.end();
    }
    return out.append(html, at, html.length()).toString();
  }
}
