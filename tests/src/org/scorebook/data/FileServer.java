package org.scorebook.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An HTTP server on this machine that knows ranges and can break off. */
final class FileServer implements AutoCloseable {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile boolean knowsRanges = true;
    private volatile int cutAfter;
    private volatile int cuts;
    private volatile int holdAfter = Integer.MAX_VALUE;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/";
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    /** The next answers break off after so many bytes. */
    void cutAfter(int bytes, int answers) {
        cutAfter = bytes;
        cuts = answers;
    }

    void withoutRanges() {
        knowsRanges = false;
    }

    /** The next answer falls silent after so many bytes, until released. */
    void hold(int bytes) {
        holdAfter = bytes;
    }

    void awaitHeld() {
        await(held);
    }

    void release() {
        holdAfter = Integer.MAX_VALUE;
        released.countDown();
    }

    /** What was asked for. */
    List<String> ranges() {
        return ranges;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] content = files.get(exchange.getRequestURI().getPath());
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range);
            int from = knowsRanges ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.sendResponseHeaders(knowsRanges ? 206 : 200, content.length - from);
            send(exchange.getResponseBody(), content, from);
        }
    }

    private void send(OutputStream body, byte[] content, int from) throws IOException {
        int count = content.length - from;
        if (cuts > 0) {
            cuts--;
            body.write(content, from, Math.min(cutAfter, count));
            body.flush();
            return; // the exchange closes before all was sent, and the connection with it
        }
        if (holdAfter < count) {
            body.write(content, from, holdAfter);
            body.flush();
            held.countDown();
            await(released);
            return;
        }
        body.write(content, from, count);
        body.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}
