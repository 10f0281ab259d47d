package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The client's jar, read as class files: nothing of it is loaded or run.
final class ModelJar implements AutoCloseable {
  private static final String MODELS = "io/kubernetes/client/openapi/models/";
  private static final String APIS = "io/kubernetes/client/openapi/apis/";

  /// One field of a model class.
  ///
  /// @param name as in JSON
  record Field(String name, Signature type, boolean required, String description) {}

  /// A model class.
  record Model(String description, List<Field> fields) {}

  private final ZipFile jar;

  private ModelJar(ZipFile jar) {
    this.jar = jar;
  }

  static ModelJar open() throws IOException {
    return new ModelJar(new ZipFile(Inputs.modelJar().toFile()));
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }

  Model model(String simpleName) throws IOException {
    ClassModel type = read(MODELS + simpleName + ".class");
    Map<String, String> descriptions = new HashMap<>();
    for (MethodModel method : type.methods()) {
      String name = method.methodName().stringValue();
      annotation(method, "ApiModelProperty")
          .ifPresent(found -> descriptions.put(name.toLowerCase(Locale.ROOT), value(found)));
    }
    var fields = new ArrayList<Field>();
    for (FieldModel field : type.fields()) {
      Optional<Annotation> name = annotation(field, "SerializedName");
      if (name.isPresent()) {
        String own = field.fieldName().stringValue().toLowerCase(Locale.ROOT);
        fields.add(
            new Field(
                value(name.get()),
                signature(field),
                annotation(field, "Nonnull").isPresent(),
                descriptions.getOrDefault(
                    "get" + own, descriptions.getOrDefault("getis" + own, ""))));
      }
    }
    return new Model(annotation(type, "ApiModel").map(ModelJar::value).orElse(""), fields);
  }

  /// The classes of the operations of one served group version, by simple name.
  List<String> apis() {
    return jar.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(APIS) && name.matches(".*V[12]Api\\.class"))
        .map(name -> name.substring(APIS.length(), name.length() - ".class".length()))
        .sorted()
        .toList();
  }

  ClassModel api(String simpleName) throws IOException {
    return read(APIS + simpleName + ".class");
  }

  private ClassModel read(String entry) throws IOException {
    ZipEntry found = Objects.requireNonNull(jar.getEntry(entry), entry);
    try (var stream = jar.getInputStream(found)) {
      return ClassFile.of().parse(stream.readAllBytes());
    }
  }

  private static Signature signature(FieldModel field) {
    return field
        .findAttribute(Attributes.signature())
        .map(attribute -> attribute.asTypeSignature())
        .orElseGet(() -> Signature.parseFrom(field.fieldType().stringValue()));
  }

  private static Optional<Annotation> annotation(AttributedElement element, String simpleName) {
    return element
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .flatMap(
            all ->
                all.annotations().stream()
                    .filter(one -> one.className().stringValue().endsWith("/" + simpleName + ";"))
                    .findFirst());
  }

  /// The text of the annotation's `value`, or of its `description`.
  private static String value(Annotation annotation) {
    String text = "";
    for (AnnotationElement element : annotation.elements()) {
      String name = element.name().stringValue();
      if (element.value() instanceof AnnotationValue.OfString string
          && (name.equals("value") || name.equals("description"))) {
        text = string.stringValue();
      }
    }
    return text;
  }
}
