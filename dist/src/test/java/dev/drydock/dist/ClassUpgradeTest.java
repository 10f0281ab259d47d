package dev.drydock.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassUpgradeTest {
  private static final MethodTypeDesc INT_TO_INT =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);

  @TempDir Path folder;

  @Test
  void aClassOfJava5GetsTheStackMapsOfToday() throws Exception {
    Path file = write("Larger", ClassFile.JAVA_5_VERSION);
    ClassUpgrade.upgrade(folder);
    assertThat(version(file)).isEqualTo(ClassFile.JAVA_25_VERSION);
    // The verifier of the JVM judges the stack maps when the class is linked.
    assertThat(larger(-3)).isEqualTo(1);
    assertThat(larger(7)).isEqualTo(7);
  }

  @Test
  void whatIsYoungEnoughStaysAsItIs() throws IOException {
    Path file = write("Larger", ClassFile.JAVA_8_VERSION);
    byte[] before = Files.readAllBytes(file);
    ClassUpgrade.upgrade(folder);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void doneTwiceItIsTheSame() throws IOException {
    Path file = write("Larger", ClassFile.JAVA_5_VERSION);
    ClassUpgrade.upgrade(folder);
    byte[] once = Files.readAllBytes(file);
    ClassUpgrade.upgrade(folder);
    assertThat(file).hasBinaryContent(once);
  }

  /// A class with a branch: `static int larger(int x) { return x > 1 ? x : 1; }`.
  private Path write(String name, int version) throws IOException {
    byte[] bytes =
        ClassFile.of(StackMapsOption.STACK_MAPS_WHEN_REQUIRED)
            .build(
                ClassDesc.of(name),
                type ->
                    type.withVersion(version, 0)
                        .withFlags(ClassFile.ACC_PUBLIC)
                        .withMethodBody(
                            "larger",
                            INT_TO_INT,
                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                            code -> {
                              Label small = code.newLabel();
                              code.iload(0).iconst_1().if_icmple(small).iload(0).ireturn();
                              code.labelBinding(small).iconst_1().ireturn();
                            }));
    return Files.write(folder.resolve(name + ".class"), bytes);
  }

  private static int version(Path file) throws IOException {
    return ClassFile.of().parse(file).majorVersion();
  }

  private int larger(int x) throws Exception {
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      return (int) loader.loadClass("Larger").getMethod("larger", int.class).invoke(null, x);
    }
  }
}
