package org.scorebook.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Notices that a client has gone while its answer is still being made, which the server otherwise sees only when it writes: a
 * connection that can be read, and has nothing to read, has ended.
 */
public final class ClientWatch implements AutoCloseable {
    private static final int PERIOD_MILLIS = 100;

    private final Selector selector;
    private final Thread thread;

    public ClientWatch() throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, "client-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is done when a client has gone, and whether it seemed so at the last look. */
    static final class Notice {
        private final Runnable gone;
        private boolean seemed;

        Notice(Runnable gone) {
            this.gone = gone;
        }
    }

    /** One client, until it is closed. */
    public final class Watched {
        private final Optional<SelectionKey> key;

        private Watched(Optional<SelectionKey> key) {
            this.key = key;
        }

        /** It is answered. The key stays, for the next request on the same connection. */
        public void end() {
            key.ifPresent(k -> k.attach(null));
        }
    }

    /** @param gone is called once, by another thread */
    public Watched watch(Context context, Runnable gone) {
        Request request = Request.getBaseRequest(context.req());
        Object transport = request.getHttpChannel().getEndPoint().getTransport();
        if (!(transport instanceof SocketChannel channel)) {
            return new Watched(Optional.empty());
        }
        try {
            return new Watched(Optional.of(channel.register(selector, SelectionKey.OP_READ, new Notice(gone))));
        } catch (ClosedChannelException e) {
            gone.run();
            return new Watched(Optional.empty());
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.selectNow();
                selector.selectedKeys().removeIf(ClientWatch::look);
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (IOException | InterruptedException | ClosedSelectorException e) {
            Thread.currentThread().interrupt(); // the service has stopped
        }
    }

    /**
     * At a connection that could be read a moment ago. What there was the server may have read since, as the request that the client
     * waits for; while that is answered it reads no more, so that only a second look tells.
     */
    static boolean look(SelectionKey key) {
        if (key.attachment() instanceof Notice notice) {
            boolean seemed = notice.seemed;
            notice.seemed = hasEnded((SocketChannel) key.channel());
            if (seemed && notice.seemed) {
                key.attach(null);
                notice.gone.run();
            }
        }
        return true;
    }

    private static boolean hasEnded(SocketChannel channel) {
        try {
            return channel.socket().getInputStream().available() == 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        selector.close();
    }
}
