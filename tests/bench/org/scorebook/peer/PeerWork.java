package org.scorebook.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.scorebook.bench.SharedWeights;
import org.scorebook.bench.SharedWeights.Values;
import org.scorebook.bench.WorkServer;

/**
 * One training step of DDPM with JavaCPP: random times and noise, forward, mean square, gradients, clipping to norm 1, AdamW, the
 * average of the parameters. Arguments: a file of weights with an input and its output, against which the network is checked
 * first, and the batch size.
 */
public final class PeerWork {
    private static final int TIMES = 1000;
    private static final double DIFFERENCE = 1e-4;

    private final PeerUNet network;
    private final TensorVector parameters;
    private final Tensor[] average;
    private final AdamW optimizer;
    private final Tensor images;
    private final Tensor alphaBar;

    private PeerWork(PeerUNet network, Tensor images) {
        this.network = network;
        this.images = images;
        parameters = network.parameters();
        average = new Tensor[(int) parameters.size()];
        for (int i = 0; i < average.length; i++) {
            average[i] = parameters.get(i).detach().clone();
        }
        optimizer = new AdamW(parameters, new AdamWOptions(2e-4));
        alphaBar = PeerUNet.tensor(new Values(new long[] {TIMES}, linearSchedule()));
    }

    private static float[] linearSchedule() {
        float[] products = new float[TIMES];
        double product = 1;
        for (int t = 0; t < TIMES; t++) {
            product *= 1 - (1e-4 + (0.02 - 1e-4) * t / (TIMES - 1));
            products[t] = (float) product;
        }
        return products;
    }

    /** Serves steps. */
    public static void main(String[] args) throws IOException {
        Map<String, Values> shared = SharedWeights.read(Path.of(args[0]));
        Tensor x = PeerUNet.tensor(shared.remove("x"));
        Tensor t = PeerUNet.tensor(shared.remove("t"));
        Tensor y = PeerUNet.tensor(shared.remove("y"));
        PeerUNet network = new PeerUNet(shared);
        requireEqual(network, x, t, y);
        long batch = Long.parseLong(args[1]);
        PeerWork work = new PeerWork(network, torch.rand(batch, 3, 32, 32));
        WorkServer.serve(work::step);
    }

    private static void requireEqual(PeerUNet network, Tensor x, Tensor t, Tensor y) {
        NoGradGuard guard = new NoGradGuard();
        double far = network.at(x, t, false).sub(y).abs().max().item_float()
                / y.abs().max().item_float();
        guard.close();
        if (!(far < DIFFERENCE)) {
            throw new IllegalStateException("the peer's network is another: its output differs by " + far);
        }
    }

    private void step() {
        PointerScope scope = new PointerScope(); // frees what the step allocates
        Tensor noise = torch.randn_like(images);
        Tensor times = torch.randint(TIMES, new long[] {images.size(0)}).toType(torch.ScalarType.Long);
        Tensor a = alphaBar.index_select(0, times).reshape(-1, 1, 1, 1);
        Tensor x = images.mul(a.sqrt()).add(noise.mul(torch.ones_like(a).sub(a).sqrt()));
        Tensor predicted = network.at(x, times.toType(torch.ScalarType.Float), true);
        optimizer.zero_grad();
        torch.mse_loss(predicted, noise).backward();
        torch.clip_grad_norm_(parameters, 1);
        optimizer.step();
        updateAverage();
        scope.close();
    }

    private void updateAverage() {
        NoGradGuard guard = new NoGradGuard();
        Scalar share = new Scalar(1e-3);
        for (int i = 0; i < average.length; i++) {
            average[i].lerp_(parameters.get(i), share);
        }
        guard.close();
    }
}
