package org.scorebook.run;

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
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of records, by component. Gson knows records since 2.10, and IJava brings an older one. */
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
            Object[] values = parts.values().stream()
                    .map(part -> empty(part.component().getType()))
                    .toArray();
            in.beginObject();
            while (in.hasNext()) {
                NamedComponent part = parts.get(in.nextName());
                if (part == null) {
                    in.skipValue();
                } else {
                    values[part.place()] = part.adapter().read(in);
                }
            }
            in.endObject();
            return made(values);
        }

        private static Object empty(Class<?> type) {
            return Array.get(Array.newInstance(type, 1), 0);
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
            } catch (ReflectiveOperationException e) {
                throw new JsonParseException("no " + type.getSimpleName() + " of " + Arrays.toString(values), e);
            }
        }
    }
}
