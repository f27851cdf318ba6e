package org.scorebook.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.scorebook.bench.SharedWeights;
import org.scorebook.bench.SharedWeights.Values;
import org.scorebook.bench.WorkServer;

/**
 * The training of notebook 4 with JavaCPP: {@link org.scorebook.model.TimeNet} on points of the plane. Arguments: a file of weights,
 * as {@link PeerWork} has it, and how many steps are a turn.
 */
final class PeerToy {
    private static final int BATCH = 128;
    private static final int LAYERS = 4;

    private final Parameters parameters;
    private final TensorVector all;
    private final AdamW optimizer;
    private final Tensor data;
    private final Tensor alphaBar = PeerWork.alphaBar();

    private PeerToy(Parameters parameters, Tensor data) {
        this.parameters = parameters;
        this.data = data;
        all = parameters.all();
        AdamWOptions options = new AdamWOptions(2e-3);
        options.weight_decay().put(0);
        optimizer = new AdamW(all, options);
    }

    /** Serves steps. */
    public static void main(String[] args) throws IOException {
        Map<String, Values> shared = SharedWeights.read(Path.of(args[0]));
        Tensor data = Parameters.tensor(shared.remove("data"));
        Tensor x = Parameters.tensor(shared.remove("x"));
        Tensor t = Parameters.tensor(shared.remove("t"));
        Tensor y = Parameters.tensor(shared.remove("y"));
        PeerToy work = new PeerToy(new Parameters(shared), data);
        NoGradGuard guard = new NoGradGuard();
        Parameters.requireEqual(work.at(x, t), y);
        guard.close();
        int steps = Integer.parseInt(args[1]);
        WorkServer.serve(() -> {
            for (int i = 0; i < steps; i++) {
                work.step();
            }
        });
    }

    private Tensor at(Tensor x, Tensor t) {
        Tensor waves = parameters.waves(t);
        Tensor h = x;
        for (int i = 0; i < LAYERS; i++) {
            String name = "layers." + i + ".";
            Tensor time =
                    linear(name + "time_embedding.mlp.2", torch.silu(linear(name + "time_embedding.mlp.0", waves)));
            h = linear(name + "fc", h).mul(time);
            h = i < LAYERS - 1 ? torch.silu(h) : h;
        }
        return h;
    }

    private Tensor linear(String name, Tensor x) {
        return torch.linear(x, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
    }

    private void step() {
        PointerScope scope = new PointerScope(); // frees what the step allocates
        Tensor rows = torch.randint(data.size(0), new long[] {BATCH}).toType(torch.ScalarType.Long);
        Tensor points = data.index_select(0, rows);
        Tensor noise = torch.randn_like(points);
        Tensor times = torch.randint(PeerWork.TIMES, new long[] {BATCH}).toType(torch.ScalarType.Long);
        Tensor a = alphaBar.index_select(0, times).reshape(-1, 1);
        Tensor x = points.mul(a.sqrt()).add(noise.mul(torch.ones_like(a).sub(a).sqrt()));
        optimizer.zero_grad();
        torch.mse_loss(at(x, times.toType(torch.ScalarType.Float)), noise).backward();
        optimizer.step();
        scope.close();
    }
}
