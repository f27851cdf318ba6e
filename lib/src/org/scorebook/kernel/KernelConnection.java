package org.scorebook.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The base library's connection with its threads replaced. Each socket is used by one thread of the kernel only: JeroMQ
 * loses messages and swallows the interrupt when an interrupted thread uses a socket, and user code is interrupted often.
 * The loops that read requests survive a request that cannot be read.
 */
final class KernelConnection extends JupyterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(KernelConnection.class);
    private static final Gson GSON = new Gson();
    private static final long QUEUED_MILLIS = 100;
    private static final long POLL_MILLIS = 20;
    private static final long DRAIN_MILLIS = 200;

    private final KernelConnectionProperties properties;
    private final ZMQ.Context context = ZMQ.context(1);
    private final ExecutorService publisher = thread("iopub");
    private final ExecutorService asker = thread("stdin");
    private final Outbox outbox;

    KernelConnection(KernelConnectionProperties properties) throws GeneralSecurityException {
        super(properties);
        this.properties = properties;
        this.outbox = new Outbox();
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void connect() {
        heartbeat.bind(properties);
        stdin.bind(properties);
        iopub.bind(properties);
        outbox.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
        serve("shell", shell, properties.getShellPort());
        serve("control", control, properties.getControlPort());
    }

    private void serve(String name, ShellChannel channel, int port) {
        ((ZMQ.Socket) channel).bind(properties.getTransport() + "://" + properties.getIp() + ":" + port);
        new Thread(() -> readForEver(channel), name).start();
    }

    private void readForEver(ShellChannel channel) {
        ZMQ.Poller poller = poller(channel);
        while (true) {
            try {
                if (poller.poll() > 0) {
                    handle(channel, channel.readMessage());
                }
            } catch (RuntimeException | Error e) { // a message that is forged, malformed or of an unknown kind
                LOG.warn("request not handled", e);
            }
        }
    }

    private ZMQ.Poller poller(ZMQ.Socket socket) {
        ZMQ.Poller poller = context.poller(1);
        poller.register(socket, ZMQ.Poller.POLLIN);
        return poller;
    }

    /** Handles a request that came in on the shell channel. */
    void handle(Message<?> message) {
        handle(shell, message);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void handle(ShellChannel channel, Message<?> message) {
        ShellHandler handler = getHandler(message.getHeader().getType());
        if (handler != null) {
            ShellReplyEnvironment env = prepareReplyEnv(channel, message);
            try {
                handler.handle(env, message);
            } finally {
                env.resolveDeferrals();
            }
        }
    }

    ShellReplyEnvironment environment(Message<?> request) {
        return prepareReplyEnv(shell, request);
    }

    /**
     * The requests that wait on the shell channel, and those that arrive within a moment: called before a failure is
     * answered, so that whoever sent them cannot have known of it. Only for the shell channel's own thread.
     */
    List<Message<?>> takeQueued() {
        List<Message<?>> queued = new ArrayList<>();
        ZMQ.Poller poller = poller(shell);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(QUEUED_MILLIS);
        for (long left = QUEUED_MILLIS; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            if (poller.poll(left) > 0) {
                queued.add(shell.readMessage());
            }
        }
        return queued;
    }

    @Override
    public IOPubChannel getIOPub() {
        return outbox;
    }

    @Override
    public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext request) {
        return new Environment(channel, request);
    }

    /** An environment that publishes for the cell whose thread calls it. */
    ShellReplyEnvironment routed(Console console) {
        return new Environment(shell, null) {
            @Override
            public <T extends ContentType<T>> void publish(T content) {
                CellOutput cell = console.current();
                if (cell != null) {
                    cell.publish(content);
                }
            }
        };
    }

    /** A message whose content is written as it stands, where the base library's type lacks fields of the protocol. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Message<?> message(MessageContext parent, MessageType<?> type, Object content) {
        return new Message(parent, type, content);
    }

    /** Waits until what was published so far is on its way. */
    void drain() {
        CompletableFuture.runAsync(() -> {}, publisher).join();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS));
    }

    /** Asks the user of a cell for a line; an interrupt ends the wait. */
    String ask(CellOutput cell) {
        cell.flush();
        CompletableFuture<String> answer = new CompletableFuture<>();
        asker.execute(() -> ask(cell.env().getContext(), answer));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            throw new LoopGuard.Stopped();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer could not be read: " + e.getCause(), e.getCause());
        }
    }

    private void ask(MessageContext cell, CompletableFuture<String> answer) {
        try {
            ZMQ.Poller poller = poller(stdin);
            while (poller.poll(0) > 0) {
                stdin.readMessage(); // the answer to a question that was given up
            }
            stdin.sendMessage(new Message<>(cell, InputRequest.MESSAGE_TYPE, new InputRequest("", false)));
            while (!answer.isDone()) {
                if (poller.poll(POLL_MILLIS) > 0) {
                    answer.complete(((InputReply) stdin.readMessage().getContent()).getValue());
                }
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Adds the {@code status} that the protocol asks for in every reply. */
    private class Environment extends ShellReplyEnvironment {
        Environment(ShellChannel channel, MessageContext request) {
            super(channel, stdin, outbox, request);
        }

        @Override
        public <T extends ContentType<T>> void reply(T content) {
            JsonObject json = GSON.toJsonTree(content).getAsJsonObject();
            if (!json.has("status")) {
                json.addProperty("status", "ok");
            }
            reply(message(getContext(), content.getType(), json));
        }
    }

    /** Stands for the iopub channel: takes messages from any thread, in order, and sends them from one. */
    private final class Outbox extends IOPubChannel {
        Outbox() throws GeneralSecurityException {
            super(context, properties.createHMACGenerator());
        }

        @Override
        public void sendMessage(Message<?> message) {
            publisher.execute(() -> iopub.sendMessage(message));
        }
    }
}
