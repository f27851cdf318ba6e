package org.scorebook.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.zeromq.ZMQ;

/**
 * The kernel: {@code java org.scorebook.kernel.JavaKernel CONNECTION_FILE}. The base class answers what is not answered
 * here. Cells come in on the shell channel one after another; interrupt and shutdown on the control channel meanwhile.
 */
public final class JavaKernel extends BaseKernel {
    private static final long ABORT_WINDOW_MILLIS = 100;

    private final CellThread thread = new CellThread();
    private final Console console = new Console(this::ask);
    private final Evaluator evaluator = new Evaluator(thread, console::adopt);
    private final Assistant assistant = new Assistant(evaluator.shell());
    private final History history = new History();
    private final Connection connection;

    JavaKernel(Connection connection) {
        super(
                "scorebook",
                version(),
                new LanguageInfo.Builder("Java")
                        .version(Runtime.version().toString())
                        .mimetype("text/x-java-source")
                        .fileExtension(".jshell")
                        .pygments("java")
                        .codemirror("text/x-java")
                        .build(),
                List.of(),
                null,
                new Displays(),
                new CommManager(),
                new PictureRenderer(),
                null,
                new MagicsRegistry(),
                false,
                new StringStyler.Builder().build());
        this.connection = connection;
    }

    /** Serves the connection that Jupyter's file describes until Jupyter shuts the kernel down or dies. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("usage: java org.scorebook.kernel.JavaKernel CONNECTION_FILE (Jupyter passes the file)");
            System.exit(2);
        }
        Connection connection = new Connection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
        ProcessHandle.current().parent().ifPresent(p -> p.onExit().thenRun(() -> System.exit(0)));
        JavaKernel kernel = new JavaKernel(connection);
        kernel.becomeHandlerForConnection(connection);
        kernel.onStartup();
        kernel.console.install();
        connection.connect();
        connection.waitUntilClose();
    }

    private static String version() {
        String version = JavaKernel.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    protected void handleExecuteRequest(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        commManager.setMessageContext(message);
        env.setBusyDeferIdle();
        boolean counted = request.shouldStoreHistory() && !request.isSilent();
        int count = counted ? executionCount.getAndIncrement() : executionCount.get();
        if (counted) {
            history.add(count, request.getCode());
        }
        if (!request.isSilent()) {
            env.publish(new PublishExecuteInput(request.getCode(), count));
        }
        CellOutput output = new CellOutput(env, request.isStdinEnabled());
        console.begin(output);
        ((Displays) io).attach(env);
        thread.reset();
        try {
            DisplayData result = run(count, request.getCode());
            output.flush();
            if (result != null && !request.isSilent()) {
                env.publish(new PublishExecuteResult(count, result));
            }
            env.reply(new ExecuteReply(count, Map.of()));
        } catch (CellFailure e) {
            output.flush();
            fail(env, request, count, e);
        }
    }

    private DisplayData run(int count, String code) throws CellFailure {
        Object value = evaluator.evaluate(count, code);
        if (value == null || value instanceof DisplayData) {
            return (DisplayData) value;
        }
        try {
            return (DisplayData) thread.call(() -> renderer.render(value));
        } catch (LoopGuard.Stopped | CellThread.LeftBehind e) {
            throw CellFailure.interrupted(null, null);
        } catch (Throwable e) {
            throw CellFailure.of(e);
        }
    }

    private void fail(ShellReplyEnvironment env, ExecuteRequest request, int count, CellFailure e) {
        Instant failed = Instant.now(); // before the answer: what is sent after it is no longer queued
        env.publish(new PublishError(e.name(), e.getMessage(), e.traceback()));
        ErrorReply reply = new ErrorReply(e.name(), e.getMessage(), e.traceback());
        reply.setExecutionCount(count);
        env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
        env.resolveDeferrals();
        if (request.shouldStopOnError() && !request.isSilent()) {
            abortQueued((ShellChannel) env.getShell(), failed, count);
        }
    }

    /** Cells sent before the failure was known are not run: they were meant to follow a cell that worked. */
    private void abortQueued(ShellChannel shell, Instant failed, int count) {
        long end = System.nanoTime() + ABORT_WINDOW_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            Message<?> message = connection.poll(shell);
            if (message == null) {
                pause(5);
            } else if (message.getHeader().getType() == MessageType.EXECUTE_REQUEST && sentBefore(message, failed)) {
                abort(shell, message, count);
            } else {
                connection.handle(shell, message);
            }
        }
    }

    private static boolean sentBefore(Message<?> message, Instant time) {
        try {
            return !OffsetDateTime.parse(message.getHeader().getTimestamp().getDateString())
                    .toInstant()
                    .isAfter(time);
        } catch (DateTimeException e) {
            return true;
        }
    }

    private void abort(ShellChannel shell, Message<?> request, int count) {
        ShellReplyEnvironment env = connection.prepareReplyEnv(shell, request);
        env.publish(PublishStatus.BUSY);
        env.reply(content(request, MessageType.EXECUTE_REPLY, Map.of("status", "aborted", "execution_count", count)));
        env.publish(PublishStatus.IDLE);
    }

    @Override
    protected void handleHistoryRequest(ShellReplyEnvironment env, Message<HistoryRequest> message) {
        env.setBusyDeferIdle();
        Map<String, Object> answer = Map.of("status", "ok", "history", history.answer(message.getContent()));
        env.reply(content(message, MessageType.HISTORY_REPLY, answer));
    }

    /** A message whose content is written as it stands, where the base library's type lacks fields of the protocol. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Message<?> content(MessageContext parent, MessageType<?> type, Map<String, Object> content) {
        return new Message(parent, type, content);
    }

    @Override
    public void display(DisplayData data) {
        CellOutput cell = console.current();
        if (cell != null) {
            cell.display(data);
        }
    }

    @Override
    public Object evalRaw(String source) {
        throw new UnsupportedOperationException("a cell cannot run another cell: call a method instead");
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return assistant.inspect(code, at, extraDetail);
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return assistant.complete(code, at);
    }

    @Override
    public String isComplete(String code) {
        return assistant.isComplete(code);
    }

    @Override
    public void interrupt() {
        thread.interrupt();
    }

    /** Ends the process even when a cell left threads running. */
    @Override
    public void onShutdown(boolean isRestarting) {
        Thread exit = new Thread(() -> {
            pause(300); // the answer is still on its way
            System.exit(0);
        });
        exit.start();
    }

    /** Asks the user of a cell for a line; an interrupt ends the wait. */
    private String ask(CellOutput cell) {
        cell.flush();
        connection.dropInput();
        connection.requestInput(cell.env().getContext());
        for (Message<?> reply = null; ; ) {
            reply = connection.pollInput();
            if (reply != null) {
                return ((org.dflib.jjava.jupyter.messages.reply.InputReply) reply.getContent()).getValue();
            }
            if (!pause(20)) {
                throw new LoopGuard.Stopped();
            }
        }
    }

    /** False when the thread was interrupted meanwhile. */
    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets updates of a display, which may come at any time, out under the newest cell's header. */
    private static final class Displays extends JupyterIO {
        Displays() {
            super(java.nio.charset.StandardCharsets.UTF_8);
        }

        void attach(ShellReplyEnvironment env) {
            setEnv(env);
        }
    }

    /** The base library's connection, with its sockets read one waiting message at a time. */
    static final class Connection extends JupyterConnection {
        Connection(KernelConnectionProperties properties) throws java.security.GeneralSecurityException {
            super(properties);
        }

        Message<?> poll(JupyterSocket socket) {
            return (socket.getEvents() & ZMQ.Poller.POLLIN) == 0 ? null : socket.readMessage();
        }

        Message<?> pollInput() {
            return poll(stdin);
        }

        void dropInput() {
            while (pollInput() != null) {
                // answers to a question that was given up
            }
        }

        void requestInput(MessageContext cell) {
            stdin.sendMessage(new Message<>(cell, InputRequest.MESSAGE_TYPE, new InputRequest("", false)));
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        void handle(ShellChannel shell, Message<?> message) {
            ShellHandler handler = getHandler(message.getHeader().getType());
            if (handler != null) {
                ShellReplyEnvironment env = prepareReplyEnv(shell, message);
                try {
                    handler.handle(env, message);
                } finally {
                    env.resolveDeferrals();
                }
            }
        }
    }
}
