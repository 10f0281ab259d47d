package dev.drydock.dist;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Brings the class files of a library to the version of today's, with the stack maps that those
/// have. No AOT cache takes classes from before Java 6: each process would read them, and verify
/// them in the slow way of their time, before it begins.
public final class ClassUpgrade {

  /// All code as it is: that it passes through is what gives it stack maps.
  private static final ClassTransform UPGRADE =
      ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
          .andThen(
              (type, element) ->
                  type.with(
                      element instanceof ClassFileVersion
                          ? ClassFileVersion.of(ClassFile.JAVA_25_VERSION, 0)
                          : element));

  private ClassUpgrade() {}

  /// @param folders with the unpacked classes of one library each; classes of Java 6 and later
  ///     stay as they are
  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      upgrade(Path.of(folder));
    }
  }

  static void upgrade(Path folder) throws IOException {
    try (var library = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
        Stream<Path> found = Files.walk(folder)) {
      ClassFile files =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(library)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      List<Path> classes = found.filter(path -> path.toString().endsWith(".class")).toList();
      for (Path each : classes) {
        upgrade(files, each);
      }
    }
  }

  private static void upgrade(ClassFile files, Path file) throws IOException {
    ClassModel old = files.parse(file);
    if (old.majorVersion() < ClassFile.JAVA_6_VERSION) {
      Files.write(file, files.transformClass(old, UPGRADE));
    }
  }
}
