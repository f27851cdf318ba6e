package org.scorebook;

import ai.djl.ndarray.NDManager;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.scorebook.aten.Torch;

/** At a field of a test class, or a parameter of a test: a {@link Torch#manager(int)} for each test, closed after it. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Seeded.Managers.class)
public @interface Seeded {
    /** The seed of the engine's random numbers. */
    int value();

    /** Opens the managers before {@code @BeforeEach} methods run; JUnit closes what its store holds. */
    final class Managers implements BeforeEachCallback, ParameterResolver {
        @Override
        public void beforeEach(ExtensionContext context) throws IllegalAccessException {
            Object test = context.getRequiredTestInstance();
            for (Field field : AnnotationSupport.findAnnotatedFields(test.getClass(), Seeded.class)) {
                field.setAccessible(true);
                field.set(test, open(field, context));
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.isAnnotated(Seeded.class);
        }

        @Override
        public NDManager resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return open(parameter.getParameter(), context);
        }

        private static NDManager open(AnnotatedElement place, ExtensionContext context) {
            NDManager manager = Torch.manager(place.getAnnotation(Seeded.class).value());
            context.getStore(ExtensionContext.Namespace.create(Seeded.class)).put(place, manager);
            return manager;
        }
    }
}
