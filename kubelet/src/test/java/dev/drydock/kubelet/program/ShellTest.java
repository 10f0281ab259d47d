package dev.drydock.kubelet.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class ShellTest {

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiterString = "=>",
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '\u0001',
      value = {
        "echo hello   world => hello world",
        "echo 'a  b' \"c  $GREETING\" => a  b c  hello",
        "echo $GREETING${NOTHING:-!} => hello!",
        "X=1; X=$((X + 2 * 3)); echo $X => 7",
        "true && echo yes || echo no => yes",
        "false && echo yes || echo no => no",
        "! false && echo turned => turned",
        "echo one; echo two | tr a-z A-Z => one|TWO",
        "for i in 1 2 3; do echo -n $i; done => 123",
        "for f in a.txt; do echo ${f%.txt} ${f#a} ${#f}; done => a .txt 5",
        "i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i => 3",
        "i=0; until [ $i = 2 ]; do i=$((i+1)); done; echo $i => 2",
        "while true; do echo once; break; done => once",
        "if [ -d /tmp ]; then echo dir; elif false; then echo x; else echo none; fi => dir",
        "case banana in a*) echo a;; b*|c*) echo b;; esac => b",
        "echo $(echo inner) `echo back` => inner back",
        "f() { echo f$1; return 3; }; f x; echo $? => fx|3",
        "(exit 4); echo $? => 4",
        "nosuch 2>/dev/null; echo $? => 127",
        "echo hi > /tmp/f; echo ho >> /tmp/f; cat /tmp/f => hi|ho",
        "echo err >&2; echo out 2>&1 => out",
        "cat < /etc/os-release => NAME=Drydock",
        "ls /nowhere 2>/dev/null || echo gone => gone",
        "touch /tmp/b /tmp/a; cd /tmp; ls; echo *; pwd => a|b|a b|/tmp",
        "set -- a b c; echo $# $2 \"$@\" => 3 b a b c",
        "export A=5; sh -c 'echo $A' => 5",
        "B=6 sh -c 'echo $B'; echo [$B] => 6|[]",
        "seq 5 | head -n 2 | wc -l => 2",
        "yes | head -n 2 => y|y",
        "printf '%s-%d\\n' a 1 b 2 => a-1|b-2",
        "echo 'a b' | awk '{print $2 \"-\" $1, NF}' => b-a 2",
        "echo 10.1.2.3 | awk -F. '{print $1\"-\"$4}' => 10-3",
        "printf 'a\\nb\\n' | awk '/b/' => b",
        "echo a:b:c | cut -d: -f2 => b",
        "echo hello | sed s/l/L/g => heLLo",
        "grep -c Dry /etc/os-release => 1",
        "printf 'value-123456789!\\n' | hexdump -C"
            + " => 00000000  76 61 6c 75 65 2d 31 32  33 34 35 36 37 38 39 21  |value-123456789!|"
            + "|00000010  0a                                                |.||00000011",
        "printf abc | hexdump | sed 's/ *$//' => 0000000 6261 0063|0000003",
        "yes | head -n 24 | hexdump"
            + " => 0000000 0a79 0a79 0a79 0a79 0a79 0a79 0a79 0a79|*|0000030",
        "sleep 0 & wait; echo done => done",
        "trap 'echo bye' EXIT; echo hi => hi|bye",
        "echo $((7/2)) $((7%2)) $((1<2)) => 3 1 1",
        "x=a; eval \"echo \\$x\" => a",
        "test a = a && test ! -e /nope && [ 1 -eq 1 ] && echo ok => ok",
        "env | grep GREETING => GREETING=hello",
        "hostname; id -u; uname => web|0|Linux",
        "{ echo a; echo b; } | sort -r => b|a",
        "echo -e 'a\\tb' => a\tb",
      })
  void aScriptPrints(String script, String expected) throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", script);
    // The only timers are those of `sleep 0`.
    while (!box.exit.isDone()) {
      box.clock.runDue();
      Thread.onSpinWait();
    }
    assertThat(box.out().strip().replace("\n", "|")).isEqualTo(expected);
  }

  @Test
  void theExitCodeIsThatOfTheLastCommand() throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", "echo a; exit 42");
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isEqualTo(42);
  }

  @Test
  void hereDocumentsAreInput() throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", "cat <<EOF\n$GREETING\nEOF\ncat <<'E'\n$GREETING\nE\n");
    box.exit.get(10, TimeUnit.SECONDS);
    assertThat(box.out()).isEqualTo("hello\n$GREETING\n");
  }

  @Test
  void linesComeFromStandardInput() throws Exception {
    Sandbox box = new Sandbox();
    box.start("for i in 1 2\ndo echo $i\ndone\nexit 3\n".getBytes(UTF_8), "sh");
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(box.out()).isEqualTo("1\n2\n");
  }

  @Test
  void sleepWaitsForTheClock() throws Exception {
    Sandbox box = new Sandbox();
    box.start("sh", "-c", "sleep 1h; echo done");
    box.clock.awaitPending(1);
    assertThat(box.exit).isNotDone();
    box.clock.advance(Duration.ofHours(1));
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(box.out()).isEqualTo("done\n");
  }

  @Test
  void theFirstProcessIgnoresTermUnlessItIsTrapped() throws Exception {
    Sandbox box = new Sandbox();
    Task shell = box.start("sh", "-c", "sleep 100; echo on");
    box.clock.awaitPending(1);
    shell.signal(Signal.TERM);
    box.clock.advance(Duration.ofSeconds(100));
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(box.out()).isEqualTo("on\n");
  }

  @Test
  void aTrapRunsWhenTheShellWaits() throws Exception {
    Sandbox box = new Sandbox();
    Task shell = box.start("sh", "-c", "trap 'echo term; exit 7' TERM; sleep 100 & wait");
    box.clock.awaitPending(1);
    shell.signal(Signal.TERM);
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(box.out()).isEqualTo("term\n");
  }

  @Test
  void killEndsWithCode137() throws Exception {
    Sandbox box = new Sandbox();
    Task shell = box.start("sh", "-c", "while true; do sleep 1; done");
    box.clock.awaitPending(1);
    shell.signal(Signal.KILL);
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isEqualTo(137);
    for (Task left : box.processes.list()) {
      left.await();
    }
  }

  @Test
  void wgetReadsFromAServer() throws Exception {
    Sandbox box = nginx();
    Sandbox client = runBeside(box, "until wget -qO- http://web/x; do break; done");
    assertThat(client.err()).contains("wget:");
    box.processes.find(1).orElseThrow().signal(Signal.TERM);
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void curlTakesOptionsWithAndWithoutValues() throws Exception {
    Sandbox box = nginx();
    Sandbox client =
        runBeside(box, "curl -g --connect-timeout 5 --interface 10.244.1.3 http://web:80/");
    assertThat(client.out()).contains("<html>");
    box.processes.find(1).orElseThrow().signal(Signal.TERM);
    assertThat(box.exit.get(10, TimeUnit.SECONDS)).isZero();
  }

  private static Sandbox nginx() throws Exception {
    Sandbox box = new Sandbox();
    box.start("nginx");
    // Before it serves, it does not hear signals.
    while (!(box.out() + box.err()).contains("start worker process")) {
      Thread.onSpinWait();
    }
    box.network.name("web", "10.244.1.2");
    return box;
  }

  /// Runs a script among the processes of the box; what it writes goes to the box returned.
  private static Sandbox runBeside(Sandbox box, String script) throws Exception {
    Sandbox client = new Sandbox();
    Task task =
        box.processes.spawn(
            new ProcessTable.Launch(
                new dev.drydock.kubelet.program.shell.Shell(),
                java.util.List.of("sh", "-c", script),
                java.util.Map.of(),
                "/",
                new Streams(java.io.InputStream.nullInputStream(), client.out, client.err)),
            0);
    task.await();
    return client;
  }
}
