package org.scorebook.kernel;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/**
 * The kernel: {@code java org.scorebook.kernel.JavaKernel CONNECTION_FILE}. The base class answers what is not answered
 * here. Cells come in on the shell channel one after another; interrupt and shutdown on the control channel meanwhile.
 */
public final class JavaKernel extends BaseKernel {
    private final CellThread thread = new CellThread();
    private final History history = new History();
    private final KernelConnection connection;
    private final Console console;
    private final SourceMap sources;
    private final Evaluator evaluator;
    private final Assistant assistant;
    private volatile String displayed;

    JavaKernel(KernelConnection connection, Console console, SourceMap sources) {
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
                new Displays(connection.routed(console)),
                new CommManager(),
                new ValueRenderer(new Frames(sources)),
                null,
                new MagicsRegistry(),
                true,
                new StringStyler.Builder().build());
        this.connection = connection;
        this.console = console;
        this.sources = sources;
        this.evaluator = new Evaluator(thread, console::adopt, this::isForEffect, sources);
        this.assistant = new Assistant(evaluator.shell());
    }

    /** Serves the connection that Jupyter's file describes until Jupyter shuts the kernel down or dies. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("usage: java org.scorebook.kernel.JavaKernel CONNECTION_FILE (Jupyter passes the file)");
            System.exit(2);
        }
        ProcessHandle.current().parent().ifPresent(p -> p.onExit().thenRun(() -> System.exit(0)));
        KernelConnection connection =
                new KernelConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
        SourceMap sources = new SourceMap();
        Console console = new Console(connection::ask, new Frames(sources));
        JavaKernel kernel = new JavaKernel(connection, console, sources);
        kernel.becomeHandlerForConnection(connection);
        kernel.onStartup();
        connection.connect();
    }

    private static String version() {
        String version = JavaKernel.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    protected void handleExecuteRequest(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        thread.reset(); // before anything is published: an interrupt may follow at once
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
        try {
            Object value = evaluator.evaluate(count, code);
            if (value == null || value instanceof DisplayData) {
                return (DisplayData) value;
            }
            return (DisplayData) thread.call(() -> renderer.render(value));
        } catch (CellFailure e) {
            throw e;
        } catch (LoopGuard.Stopped | CellThread.LeftBehind e) {
            throw CellFailure.interrupted(null, null);
        } catch (Throwable e) { // whatever it is, the cell must get an answer
            throw CellFailure.of(e, sources);
        }
    }

    /** Cells sent before the failure was known are not run: they were meant to follow a cell that worked. */
    private void fail(ShellReplyEnvironment env, ExecuteRequest request, int count, CellFailure e) {
        env.publish(new PublishError(e.name(), e.getMessage(), e.traceback()));
        boolean stop = request.shouldStopOnError() && !request.isSilent();
        List<Message<?>> queued = stop ? connection.takeQueued() : List.of();
        ErrorReply reply = new ErrorReply(e.name(), e.getMessage(), e.traceback());
        reply.setExecutionCount(count);
        env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
        env.resolveDeferrals();
        for (Message<?> message : queued) {
            if (message.getHeader().getType() == MessageType.EXECUTE_REQUEST) {
                abort(message);
            } else {
                connection.handle(message);
            }
        }
    }

    private void abort(Message<?> request) {
        ShellReplyEnvironment env = connection.environment(request);
        env.publish(PublishStatus.BUSY);
        env.reply(KernelConnection.message(request, MessageType.EXECUTE_REPLY, Map.of("status", "aborted")));
        env.publish(PublishStatus.IDLE);
    }

    @Override
    protected void handleHistoryRequest(ShellReplyEnvironment env, Message<HistoryRequest> message) {
        env.setBusyDeferIdle();
        Map<String, Object> content = Map.of("status", "ok", "history", history.answer(message.getContent()));
        env.reply(KernelConnection.message(message, MessageType.HISTORY_REPLY, content));
    }

    @Override
    public void display(DisplayData data) {
        CellOutput cell = console.current();
        if (cell != null) {
            cell.display(data);
            displayed = data.getDisplayId();
        }
    }

    /** Whether a call that gives this was made for its effect: printf gives the stream it wrote to, display an id. */
    private boolean isForEffect(Object value) {
        return value instanceof PrintStream || value instanceof PrintWriter || Objects.equals(displayed, value);
    }

    @Override
    public Object evalRaw(String source) {
        throw new UnsupportedOperationException("a cell cannot run another cell: call a method instead");
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return assistant.inspect(code, at);
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
            connection.drain();
            System.exit(0);
        });
        exit.start();
    }

    /** Sends the updates of displays through an environment that knows whose thread is asking. */
    private static final class Displays extends JupyterIO {
        Displays(ShellReplyEnvironment routed) {
            super(StandardCharsets.UTF_8);
            setEnv(routed);
        }
    }
}
