package org.scorebook.folder;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.DamagedFile;

/**
 * JSON of records, by component. An entry that is no component's is an error, and so is a number that is missing; what may be null
 * may be missing, too. Gson knows records since 2.10, and IJava brings an older one.
 */
final class RecordAdapter implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        return type.getRawType().isRecord() ? new Adapter<>(gson, type.getRawType()) : null;
    }

    /** A component that JSON names. */
    private record NamedComponent(int place, RecordComponent component, TypeAdapter<Object> adapter) {}

    private static final class Adapter<T> extends TypeAdapter<T> {
        private final Class<? super T> type;
        private final Map<String, NamedComponent> parts = new LinkedHashMap<>();

        Adapter(Gson gson, Class<? super T> type) {
            this.type = type;
            for (RecordComponent component : type.getRecordComponents()) {
                @SuppressWarnings("unchecked")
                TypeAdapter<Object> adapter =
                        (TypeAdapter<Object>) gson.getAdapter(TypeToken.get(component.getGenericType()));
                parts.put(name(component), new NamedComponent(parts.size(), component, adapter));
            }
        }

        private static String name(RecordComponent component) {
            SerializedName other = component.getAccessor().getAnnotation(SerializedName.class);
            return other == null ? component.getName() : other.value();
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            if (value == null) {
                out.nullValue();
                return;
            }
            out.beginObject();
            for (Map.Entry<String, NamedComponent> part : parts.entrySet()) {
                out.name(part.getKey());
                part.getValue().adapter().write(out, of(value, part.getValue().component()));
            }
            out.endObject();
        }

        private static Object of(Object value, RecordComponent component) {
            try {
                return component.getAccessor().invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new JsonParseException(e);
            }
        }

        @Override
        public T read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            Object[] values = new Object[parts.size()];
            in.beginObject();
            while (in.hasNext()) {
                String name = in.nextName();
                NamedComponent part = parts.get(name);
                if (part == null) {
                    throw new JsonParseException("there is no entry \"" + name + "\" but " + parts.keySet());
                }
                values[part.place()] = value(name, part, in);
            }
            in.endObject();
            parts.forEach((name, part) -> requirePresent(name, part, values));
            return made(values);
        }

        private static Object value(String name, NamedComponent part, JsonReader in) throws IOException {
            try {
                return part.adapter().read(in);
            } catch (RuntimeException e) {
                throw new JsonParseException("\"" + name + "\" cannot be read: " + DamagedFile.reason(e));
            }
        }

        private static void requirePresent(String name, NamedComponent part, Object[] values) {
            if (values[part.place()] == null && part.component().getType().isPrimitive()) {
                throw new JsonParseException("\"" + name + "\" is missing");
            }
        }

        private T made(Object[] values) {
            List<Class<?>> types = Arrays.stream(type.getRecordComponents())
                    .<Class<?>>map(RecordComponent::getType)
                    .toList();
            try {
                Constructor<? super T> canonical = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
                @SuppressWarnings("unchecked")
                T record = (T) canonical.newInstance(values);
                return record;
            } catch (InvocationTargetException e) {
                throw new JsonParseException(e.getCause().getMessage(), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new JsonParseException("no " + type.getSimpleName() + " of " + Arrays.toString(values), e);
            }
        }
    }
}
