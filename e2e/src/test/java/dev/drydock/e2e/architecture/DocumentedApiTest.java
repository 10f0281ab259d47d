package dev.drydock.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/api.md` has a row for each type that is served, with its verbs and sub-resources; what is
/// missing stands in the row's last column, in words.
class DocumentedApiTest {
  private static final Path TABLE = Path.of("..", "docs", "api.md");
  private static final List<String> ALL =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  @Test
  void eachServedTypeHasItsRow() throws IOException {
    List<String> rows =
        Files.readAllLines(TABLE).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            BuiltInTypes.get().all().stream().map(DocumentedApiTest::row).toList());
  }

  private static String row(TypeInfo info) {
    String subresources =
        info.subresources().stream()
            .map(TypeInfo.Subresource::name)
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return "| `%s` | `%s` | %s | %s |"
        .formatted(
            info.type().apiVersion(),
            info.type().resource(),
            info.verbs().equals(ALL) ? "all" : String.join(", ", info.verbs()),
            subresources.isEmpty() ? "–" : subresources);
  }
}
