package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.scorebook.optim.LossProgram;

/** The gradients of losses by the parameters of a trace, one after another, as an optimizer takes them. */
public final class GradientSteps implements LossProgram {
    private static final String GRADIENTS = """
              found = torch.autograd.grad([SCALED], q, annotate(Optional[List[Optional[Tensor]]], None), False, False, False)
              for j in range(torch.len(q)):
                _0 = torch.append(NEW, torch.contiguous(unchecked_cast(Tensor, found[j])))
            """;
    private final Recording trace;
    private int parts;

    GradientSteps(Recording trace) {
        this.trace = trace;
    }

    /**
     * Adds those of one more loss.
     *
     * @param loss a scalar of the same trace; what was written down for losses before is not needed any more
     * @param share of it that is differentiated
     * @throws Untraceable if the loss was found without one of the parameters
     */
    public GradientSteps plus(NDArray loss, double share) {
        trace.requireAllUsed();
        String value = trace.own(loss).expression();
        String scaled = share == 1
                ? value
                : "torch.mul(" + value + ", "
                        + trace.numbers(new double[] {share}, new Shape(), loss.getDataType())
                                .expression()
                        + ")";
        String fresh = parts == 0 ? "g" : "more";
        String begin = "  " + fresh + " = annotate(List[Tensor], [])\n";
        String mean = "torch.mul(torch.to(" + value + ", 7, False, False, None), " + share + ")";
        trace.write(begin + GRADIENTS.replace("SCALED", scaled).replace("NEW", fresh)
                + (parts == 0 ? "" : "  torch._foreach_add_(g, more)\n")
                + "  loss = " + (parts == 0 ? mean : "torch.add(loss, " + mean + ")") + "\n");
        parts++;
        return this;
    }

    @Override
    public String methods() {
        return trace.methods();
    }

    @Override
    public String body() {
        String results = trace.promised().keySet().stream()
                .map(name -> "torch.detach(" + name + ")")
                .collect(Collectors.joining(", ", "  results = annotate(List[Tensor], [", "])\n"));
        return Recording.SENT + trace.body() + results;
    }

    @Override
    public NDList inputs() {
        NDList all = new NDList(trace.numbersOnHost());
        all.addAll(trace.inputs());
        return all;
    }

    @Override
    public void taken(NDList results) {
        int next = 0;
        for (Consumer<NDArray> taker : trace.promised().values()) {
            taker.accept(results.get(next++));
        }
    }
}
