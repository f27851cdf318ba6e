package org.scorebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopGuardTest {
    /** Loops of each kind; guarded and loaded a second time by the tests. */
    public static final class Loops {
        public static long counted(long n) {
            long sum = 0;
            for (long i = 1; i <= n; i++) {
                sum += i % 7 == 3 ? 2 * i : i;
            }
            return sum;
        }

        public static long whileTrue(long n) {
            long turns = 0;
            while (true) {
                turns++;
                if (turns < 0) {
                    return turns;
                }
            }
        }

        public static long doWhile(long n) {
            long turns = 0;
            do {
                turns += 2;
            } while (turns != 1);
            return turns;
        }

        public static long swallowing(long n) {
            while (true) {
                try {
                    Thread.sleep(1);
                } catch (Exception e) {
                    n++;
                }
            }
        }
    }

    @Test
    void guardedCodeComputesTheSame() throws Exception {
        assertEquals(Loops.counted(100_000), call("counted", 100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"counted", "whileTrue", "doWhile", "swallowing"})
    void endlessLoopsStop(String loop) throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                call(loop, Long.MAX_VALUE);
            } catch (Throwable e) {
                end.set(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        Thread.sleep(100);
        LoopGuard.stop(thread);
        try {
            thread.join(60_000);
            assertFalse(thread.isAlive());
            assertInstanceOf(LoopGuard.Stopped.class, end.get().getCause());
        } finally {
            LoopGuard.release(thread);
        }
    }

    private static Object call(String method, long argument) throws ReflectiveOperationException, IOException {
        return new GuardingLoader()
                .loadClass(Loops.class.getName())
                .getMethod(method, long.class)
                .invoke(null, argument);
    }

    private static final class GuardingLoader extends ClassLoader {
        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (!name.equals(Loops.class.getName())) {
                return super.loadClass(name);
            }
            String file = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = LoopGuardTest.class.getResourceAsStream(file)) {
                byte[] guarded = LoopGuard.guard(in.readAllBytes());
                return defineClass(name, guarded, 0, guarded.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
