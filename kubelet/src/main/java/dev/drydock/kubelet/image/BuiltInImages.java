package dev.drydock.kubelet.image;

import dev.drydock.kubelet.files.Layer;
import dev.drydock.kubelet.image.ImageCatalog.Entry;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/// The images that people use in courses and tests.
public final class BuiltInImages {
  private static final int MB = 1_000_000;
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final String NGINX_PAGE =
      """
      <!DOCTYPE html>
      <html>
      <head>
      <title>Welcome to nginx!</title>
      <style>
      html { color-scheme: light dark; }
      body { width: 35em; margin: 0 auto;
      font-family: Tahoma, Verdana, Arial, sans-serif; }
      </style>
      </head>
      <body>
      <h1>Welcome to nginx!</h1>
      <p>If you see this page, the nginx web server is successfully installed and
      working. Further configuration is required.</p>

      <p>For online documentation and support please refer to
      <a href="http://nginx.org/">nginx.org</a>.<br/>
      Commercial support is available at
      <a href="http://nginx.com/">nginx.com</a>.</p>

      <p><em>Thank you for using nginx.</em></p>
      </body>
      </html>
      """;

  private final Layer system;

  /// @param commands names of the programs that stand in `/bin`
  public BuiltInImages(SortedSet<String> commands) {
    Map<String, String> files = new TreeMap<>();
    for (String directory :
        List.of(
            "dev",
            "etc",
            "home",
            "mnt",
            "opt",
            "proc",
            "root",
            "run",
            "srv",
            "sys",
            "tmp",
            "usr/bin",
            "usr/local/bin",
            "usr/share",
            "var/log",
            "var/run",
            "var/tmp")) {
      files.put("/" + directory + "/", "");
    }
    commands.stream()
        .filter(name -> name.matches("[a-z0-9_.\\[-]+"))
        .forEach(name -> files.put("/bin/" + name, ""));
    files.put("/dev/null", "");
    files.put("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n");
    files.put("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
    files.put("/etc/os-release", "NAME=\"Drydock\"\nID=drydock\nPRETTY_NAME=\"Drydock\"\n");
    this.system = Layer.EMPTY.with(files);
  }

  /// An image that nobody described.
  public Image other() {
    return command("drydock-server", 80 * MB, Image.Unknown.SERVES);
  }

  /// In order of precedence.
  public List<Entry> entries() {
    Image shell = command("sh", 4 * MB, Image.Unknown.FAILS);
    Image bash = command("bash", 30 * MB, Image.Unknown.FAILS);
    Image sleeper = shell.withArguments("sleep", "infinity");
    return List.of(
        Entry.of("nginx-ingress*", other()),
        Entry.of("nginx*", nginx()),
        Entry.of("httpd*", httpd()),
        Entry.of("redis*", redis()),
        Entry.of("busybox*", shell),
        Entry.of("alpine*", shell),
        Entry.of("ubuntu*", bash),
        Entry.of("debian*", bash),
        Entry.of("curl*", image("curl", 10 * MB, Image.Unknown.FAILS)),
        Entry.of("*network-multitool*", multitool()),
        Entry.of("*netshoot*", bash),
        Entry.of("jessie-dnsutils*", sleeper),
        Entry.of("dnsutils*", sleeper),
        Entry.of("agnhost*", agnhost()),
        Entry.of("nautilus*", updateDemo("nautilus")),
        Entry.of("kitten*", updateDemo("kitten")),
        Entry.of("pause*", image("pause", 320_000, Image.Unknown.FAILS)),
        Entry.of("nonewprivs*", image("nonewprivs", MB, Image.Unknown.FAILS)),
        Entry.of("whoami*", image("whoami", 7 * MB, Image.Unknown.SERVES).withPorts(80)),
        Entry.of("echo-server*", echo()),
        Entry.of("echoserver*", echo()),
        Entry.of("http-echo*", image("http-echo", 6 * MB, Image.Unknown.FAILS).withPorts(5678)),
        Entry.of("hello-app*", image("hello-app", 11 * MB, Image.Unknown.SERVES).withPorts(8080)),
        Entry.of(
            "serve_hostname*",
            image("serve_hostname", 11 * MB, Image.Unknown.SERVES).withPorts(9376)),
        Entry.of(
            "liveness*", image("liveness-server", 3 * MB, Image.Unknown.SERVES).withPorts(8080)),
        Entry.of("perl*", command("perl", 300 * MB, Image.Unknown.FAILS)));
  }

  private Image nginx() {
    return image("/docker-entrypoint.sh", 72 * MB, Image.Unknown.FAILS)
        .withArguments("nginx", "-g", "daemon off;")
        .withPorts(80)
        .withEnvironment(
            Map.of("PATH", PATH, "NGINX_VERSION", "1.29.1", "PKG_RELEASE", "1~bookworm"))
        .withFiles(
            Map.of(
                "/usr/share/nginx/html/index.html",
                NGINX_PAGE,
                "/etc/nginx/nginx.conf",
                "user  nginx;\nworker_processes  auto;\nevents {\n}\nhttp {\n    include"
                    + " /etc/nginx/conf.d/*.conf;\n}\n",
                "/etc/nginx/conf.d/default.conf",
                "server {\n    listen       80;\n    server_name  localhost;\n    location /"
                    + " {\n        root   /usr/share/nginx/html;\n        index  index.html"
                    + " index.htm;\n    }\n}\n",
                "/var/log/nginx/",
                ""));
  }

  private Image httpd() {
    return image("httpd-foreground", 45 * MB, Image.Unknown.FAILS)
        .withPorts(80)
        .withFiles(
            Map.of(
                "/usr/local/apache2/htdocs/index.html",
                "<html><body><h1>It works!</h1></body></html>\n"));
  }

  private Image redis() {
    return image("redis-server", 53 * MB, Image.Unknown.FAILS)
        .withPorts(6379)
        .withFiles(Map.of("/data/", ""));
  }

  private Image multitool() {
    return image("nginx", 60 * MB, Image.Unknown.FAILS)
        .withPorts(80)
        .withFiles(
            Map.of(
                "/usr/share/nginx/html/index.html",
                "Praqma Network MultiTool (with NGINX) - simulated\n"));
  }

  private Image agnhost() {
    return image("/agnhost", 50 * MB, Image.Unknown.FAILS)
        .withArguments("pause")
        .withFiles(
            Map.of(
                "/agnhost",
                "",
                "/agnhost-2",
                "",
                "/localhost.crt",
                LocalhostPair.CERTIFICATE,
                "/localhost.key",
                LocalhostPair.KEY));
  }

  /// Serves the name of a picture, as the demonstration of updates wants it.
  private Image updateDemo(String picture) {
    return agnhost()
        .withArguments("test-webserver")
        .withPorts(80)
        .withFiles(Map.of("/data.json", "{\n  \"image\": \"" + picture + ".jpg\"\n}\n"));
  }

  private Image echo() {
    return image("echo-server", 10 * MB, Image.Unknown.SERVES).withPorts(8080);
  }

  /// An image without an entry point: whatever a pod gives as `args` runs as it is.
  private Image command(String program, long size, Image.Unknown unknown) {
    return new Image(
        List.of(), List.of(program), Map.of("PATH", PATH), List.of(), system, size, unknown);
  }

  private Image image(String program, long size, Image.Unknown unknown) {
    return new Image(
        List.of(program), List.of(), Map.of("PATH", PATH), List.of(), system, size, unknown);
  }
}
