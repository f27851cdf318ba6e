package org.scorebook.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.scorebook.bench.SharedWeights;
import org.scorebook.bench.SharedWeights.Values;
import org.scorebook.bench.WorkServer;

/**
 * JavaCPP's turns: one training step of DDPM, which is random times and noise, forward, mean square, gradients, clipping to norm 1,
 * AdamW, the average of the parameters; or a drawing of images in 50 steps of DDIM. Arguments: a file of weights with an input and
 * its output, against which the network is checked first, {@code step} or {@code draw}, and how many images.
 */
public final class PeerWork {
    static final int TIMES = 1000;
    private static final int STEPS = 50;

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
        alphaBar = alphaBar();
    }

    /** The linear schedule's. */
    static Tensor alphaBar() {
        float[] products = new float[TIMES];
        double product = 1;
        for (int t = 0; t < TIMES; t++) {
            product *= 1 - (1e-4 + (0.02 - 1e-4) * t / (TIMES - 1));
            products[t] = (float) product;
        }
        return Parameters.tensor(new Values(new long[] {TIMES}, products));
    }

    /** Serves steps. */
    public static void main(String[] args) throws IOException {
        Map<String, Values> shared = SharedWeights.read(Path.of(args[0]));
        Tensor x = Parameters.tensor(shared.remove("x"));
        Tensor t = Parameters.tensor(shared.remove("t"));
        Tensor y = Parameters.tensor(shared.remove("y"));
        PeerUNet network = new PeerUNet(shared);
        NoGradGuard guard = new NoGradGuard();
        Parameters.requireEqual(network.at(x, t, false), y);
        guard.close();
        PeerWork work = new PeerWork(network, torch.rand(Long.parseLong(args[2]), 3, 32, 32));
        WorkServer.serve(args[1].equals("step") ? work::step : work::draw);
    }

    private void draw() {
        NoGradGuard guard = new NoGradGuard();
        Tensor x = torch.randn_like(images);
        for (int step = STEPS; step > 0; step--) {
            PointerScope scope = new PointerScope();
            Tensor next = ddim(x, step * TIMES / STEPS, (step - 1) * TIMES / STEPS);
            next.retainReference(); // the scope frees the rest
            scope.close();
            x.close();
            x = next;
        }
        x.close();
        guard.close();
    }

    /** From time t to s. */
    private Tensor ddim(Tensor x, int t, int s) {
        double now = alphaBarAt(t);
        double then = alphaBarAt(s);
        Tensor time = Parameters.tensor(new Values(new long[] {1}, new float[] {t}));
        Tensor noise = network.at(x, time, false);
        Tensor data = x.sub(scaled(noise, Math.sqrt(1 - now))).mul(new Scalar(1 / Math.sqrt(now)));
        data = data.clamp(new ScalarOptional(new Scalar(-1.0)), new ScalarOptional(new Scalar(1.0)));
        noise = x.sub(scaled(data, Math.sqrt(now))).mul(new Scalar(1 / Math.sqrt(1 - now)));
        return scaled(data, Math.sqrt(then)).add(scaled(noise, Math.sqrt(1 - then)));
    }

    private double alphaBarAt(int t) {
        return t == 0 ? 1 : alphaBar.get(t - 1).item_float();
    }

    private static Tensor scaled(Tensor x, double factor) {
        return x.mul(new Scalar(factor));
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
