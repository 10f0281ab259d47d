package dev.drydock.api.codec;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import java.util.Locale;

/// The messages of `apiregistration.k8s.io/v1`, which the library of the others lacks.
final class AggregatorMessages {
  private static final String META = ".k8s.io.apimachinery.pkg.apis.meta.v1.";
  private static final String PACKAGE = "k8s.io.kube_aggregator.pkg.apis.apiregistration.v1";

  private AggregatorMessages() {}

  static FileDescriptor file() {
    var file =
        FileDescriptorProto.newBuilder()
            .setName(PACKAGE + ".proto")
            .setPackage(PACKAGE)
            .addDependency(Meta.getDescriptor().getName())
            .addMessageType(
                message(
                    "APIService",
                    one("metadata", 1, META + "ObjectMeta"),
                    one("spec", 2, "APIServiceSpec"),
                    one("status", 3, "APIServiceStatus")))
            .addMessageType(
                message(
                    "APIServiceSpec",
                    one("service", 1, "ServiceReference"),
                    one("group", 2, "string"),
                    one("version", 3, "string"),
                    one("insecureSkipTLSVerify", 4, "bool"),
                    one("caBundle", 5, "bytes"),
                    one("groupPriorityMinimum", 7, "int32"),
                    one("versionPriority", 8, "int32")))
            .addMessageType(
                message(
                    "APIServiceStatus",
                    one("conditions", 1, "APIServiceCondition").setLabel(Label.LABEL_REPEATED)))
            .addMessageType(
                message(
                    "APIServiceCondition",
                    one("type", 1, "string"),
                    one("status", 2, "string"),
                    one("lastTransitionTime", 3, META + "Time"),
                    one("reason", 4, "string"),
                    one("message", 5, "string")))
            .addMessageType(
                message(
                    "ServiceReference",
                    one("namespace", 1, "string"),
                    one("name", 2, "string"),
                    one("port", 3, "int32")))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {Meta.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the messages of APIServices do not fit together", e);
    }
  }

  private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (FieldDescriptorProto.Builder field : fields) {
      message.addField(field);
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder one(String name, int number, String type) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setLabel(Label.LABEL_OPTIONAL);
    return switch (type) {
      case "string", "bool", "bytes", "int32" ->
          field.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
      default ->
          field
              .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
              .setTypeName(type.startsWith(".") ? type : "." + PACKAGE + "." + type);
    };
  }
}
