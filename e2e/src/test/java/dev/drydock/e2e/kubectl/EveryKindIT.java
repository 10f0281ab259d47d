package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.cluster.TestLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One smallest object of every kind that is served goes through its life with the real kubectl,
/// and an invalid one of each is refused in the real words. The objects are files; so is what is
/// expected.
class EveryKindIT {
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(1, 1);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void everyKindLives() throws IOException {
    Set<String> served = new TreeSet<>();
    lab.kubectl("api-resources", "--verbs=create,list,delete", "-o", "name")
        .lines()
        .forEach(served::add);
    for (String file : List.of("with-status", "without-status")) {
      String objects = text(file);
      assertThat(lab.kubectlWithInput(objects, "create", "-f", "-").lines())
          .filteredOn(line -> line.endsWith(" created"))
          .hasSize(documents(objects).size());
      lab.kubectlWithInput(objects, "get", "-f", "-", "-o", "name")
          .lines()
          .map(name -> name.substring(0, name.indexOf('/')))
          .forEach(kind -> served.removeIf(type -> isOf(type, kind)));
      assertThat(lab.kubectlWithInput(objects, "get", "-f", "-", "-o", "wide"))
          .contains("NAME", "every");
    }
    assertThat(served).as("kinds without a sample").isEmpty();

    String patch = "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}";
    lab.kubectlWithInput(
        text("with-status"),
        "patch",
        "-f",
        "-",
        "--subresource=status",
        "--type=merge",
        "-p",
        patch);
    assertThat(
            lab.kubectlWithInput(
                    text("with-status"),
                    "get",
                    "-f",
                    "-",
                    "-o",
                    "jsonpath={.items[*].metadata.annotations.touched}")
                .split(" "))
        .containsOnly("yes");

    for (String file : List.of("without-status", "with-status")) {
      assertThat(lab.kubectlWithInput(text(file), "delete", "-f", "-", "--wait=false").lines())
          .filteredOn(line -> line.contains(" deleted"))
          .hasSize(documents(text(file)).size());
    }
  }

  @Test
  void everyInvalidObjectIsRefused() throws IOException {
    String answer = lab.tryKubectl(text("invalid"), "create", "-f", "-").text();
    var softly = new SoftAssertions();
    for (String document : documents(text("invalid"))) {
      String first = document.strip().lines().findFirst().orElseThrow();
      softly.assertThat(answer).contains(first.replace("# expect: ", ""));
    }
    softly.assertThat(answer).doesNotContain(" created");
    softly.assertAll();
  }

  /// `deployments.apps` and `deployment.apps` are the same.
  private static boolean isOf(String type, String kind) {
    int dot = type.indexOf('.');
    String plural = dot < 0 ? type : type.substring(0, dot);
    String group = dot < 0 ? "" : type.substring(dot);
    int kindDot = kind.indexOf('.');
    String singular = kindDot < 0 ? kind : kind.substring(0, kindDot);
    String kindGroup = kindDot < 0 ? "" : kind.substring(kindDot);
    return group.equals(kindGroup)
        && Set.of(
                singular,
                singular + "s",
                singular + "es",
                singular.substring(0, singular.length() - 1) + "ies")
            .contains(plural);
  }

  private static List<String> documents(String text) {
    return List.of(text.split("\n---\n", -1));
  }

  private static String text(String file) throws IOException {
    try (var in = EveryKindIT.class.getResourceAsStream("/kinds/" + file + ".yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
