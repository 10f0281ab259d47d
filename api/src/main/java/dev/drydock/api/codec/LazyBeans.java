package dev.drydock.api.codec;

import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.BeanDeserializerFactory;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.util.NameTransformer;

/// Learns about a model class when the first object of it comes, not when a class that mentions it
/// does: a Pod mentions 150 classes and uses a dozen.
final class LazyBeans extends SimpleDeserializers {
  private static final long serialVersionUID = 1L;
  private static final String MODEL = "io.fabric8.kubernetes.api.model.";

  @Override
  public @Nullable ValueDeserializer<?> findBeanDeserializer(
      JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
    Class<?> raw = type.getRawClass();
    return raw.getName().startsWith(MODEL) && !Modifier.isAbstract(raw.getModifiers())
        ? new Lazy(type)
        : null;
  }

  private static final class Lazy extends ValueDeserializer<Object> {
    private final JavaType type;
    private volatile @Nullable ValueDeserializer<Object> known;

    private Lazy(JavaType type) {
      this.type = type;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
      return real(context).deserialize(parser, context);
    }

    @Override
    public ValueDeserializer<Object> unwrappingDeserializer(
        DeserializationContext context, NameTransformer names) {
      return real(context).unwrappingDeserializer(context, names);
    }

    @SuppressWarnings("unchecked")
    private ValueDeserializer<Object> real(DeserializationContext context) {
      ValueDeserializer<Object> real = known;
      if (real == null) {
        // Twice at worst, to the same.
        real =
            BeanDeserializerFactory.instance.createBeanDeserializer(
                context, type, context.lazyIntrospectBeanDescription(type));
        real.resolve(context);
        real = (ValueDeserializer<Object>) real.createContextual(context, null);
        known = real;
      }
      return real;
    }
  }
}
