package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes the schema resources of `api` into a directory; does nothing when they are newer than
/// what they are made from.
public final class Main {
  private static final String PACKAGE = "dev/drydock/api/schema/";

  private Main() {}

  /// @param args the directory of classes to write to
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]).resolve(PACKAGE);
    Path definitions = directory.resolve("definitions.txt");
    Path types = directory.resolve("types.json");
    Path descriptions = directory.resolve("descriptions.txt");
    if (isNewer(List.of(definitions, types, descriptions), Inputs.lastChange())) {
      return;
    }
    var names = DefinitionNames.read();
    try (ModelJar jar = ModelJar.open()) {
      var writer = new DefinitionWriter(names, FactTable.read());
      Files.createDirectories(directory);
      Files.write(definitions, writer.definitions(jar));
      Files.write(descriptions, writer.descriptions(jar));
      Files.writeString(types, new TypeWriter(names, TypeTable.read()).types(jar));
    }
  }

  private static boolean isNewer(List<Path> outputs, long inputs) throws IOException {
    for (Path output : outputs) {
      if (!Files.exists(output) || Files.getLastModifiedTime(output).toMillis() < inputs) {
        return false;
      }
    }
    return true;
  }
}
