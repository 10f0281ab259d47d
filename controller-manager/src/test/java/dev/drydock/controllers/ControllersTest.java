package dev.drydock.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The flag `--controllers`.
class ControllersTest {
  private static List<String> chosen(String... flag) {
    List<Controllers.Entry> all =
        Controllers.all(new SyncFlags(), new NodeFlags(), new SigningFlags(), "ca");
    return Controllers.chosen(all, List.of(flag)).stream().map(Controllers.Entry::name).toList();
  }

  @Test
  void aStarIsAllOfThem() {
    assertThat(chosen("*")).contains("deployment-controller", "node-ipam-controller");
  }

  @Test
  void whatIsOffMustBeNamed() {
    assertThat(chosen("*")).doesNotContain("bootstrap-signer-controller");
    assertThat(chosen("*", "bootstrapsigner", "token-cleaner-controller"))
        .contains("bootstrap-signer-controller", "token-cleaner-controller");
  }

  @Test
  void aMinusTakesOneAwayByNameOrAlias() {
    assertThat(chosen("*", "-deployment")).doesNotContain("deployment-controller");
    assertThat(chosen("*", "-deployment-controller")).doesNotContain("deployment-controller");
  }

  @Test
  void namesAloneAreOnlyThose() {
    assertThat(chosen("deployment", "replicaset-controller"))
        .containsExactly("deployment-controller", "replicaset-controller");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> chosen("*", "-nonsense")).isInstanceOf(BadFlagException.class);
  }
}
