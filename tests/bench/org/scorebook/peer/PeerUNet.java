package org.scorebook.peer;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.scorebook.bench.SharedWeights;

/**
 * The network of {@link org.scorebook.model.SimpleUNet} as one would write it with JavaCPP's presets for PyTorch, which calls the
 * C++ interface for each operation.
 */
final class PeerUNet {
    private static final int GROUPS = 8;

    private final Parameters parameters;

    PeerUNet(Map<String, SharedWeights.Values> state) {
        parameters = new Parameters(state);
    }

    TensorVector parameters() {
        return parameters.all();
    }

    Tensor at(Tensor x, Tensor t, boolean training) {
        Tensor time = linear("time_embed.3", torch.relu(linear("time_embed.1", parameters.waves(t))));
        Tensor skip1 = block("down1", conv("init_conv", x, 1, 1), time, training);
        Tensor skip2 = block("down2", conv("downsample1", skip1, 2, 1), time, training);
        Tensor h = block("mid1", conv("downsample2", skip2, 2, 1), time, training);
        h = block("mid2", attention("mid_attn", h), time, training);
        h = block("up1", joined(doubled("upsample1", h), skip2), time, training);
        h = block("up2", joined(doubled("upsample2", h), skip1), time, training);
        return conv("final_conv", torch.relu(norm("final_norm", h)), 1, 1);
    }

    private static Tensor joined(Tensor a, Tensor b) {
        return torch.cat(new TensorVector(a, b), 1);
    }

    private Tensor block(String name, Tensor x, Tensor time, boolean training) {
        Tensor shift =
                linear(name + ".time_mlp", torch.relu(time)).unsqueeze(-1).unsqueeze(-1);
        Tensor h = torch.relu(norm(name + ".norm1", conv(name + ".conv1", x, 1, 1)))
                .add(shift);
        h = torch.relu(torch.dropout(norm(name + ".norm2", conv(name + ".conv2", h, 1, 1)), 0.1, training));
        String residual = name + ".residual_conv";
        return h.add(parameters.has(residual + ".weight") ? conv(residual, x, 1, 0) : x);
    }

    private Tensor attention(String name, Tensor x) {
        long channels = x.size(1);
        long pixels = x.size(2) * x.size(3);
        TensorVector parts = conv(name + ".qkv", norm(name + ".norm", x), 1, 0).split(channels, 1);
        Tensor[] rows = new Tensor[3];
        for (int i = 0; i < 3; i++) {
            rows[i] = parts.get(i).reshape(-1, 1, channels, pixels).transpose(2, 3);
        }
        Tensor mixed =
                torch.scaled_dot_product_attention(rows[0], rows[1], rows[2]).transpose(2, 3);
        return x.add(conv(name + ".proj", mixed.reshape(-1, channels, x.size(2), x.size(3)), 1, 0));
    }

    private Tensor conv(String name, Tensor x, long stride, long padding) {
        return torch.conv2d(x, weight(name), bias(name), both(stride), both(padding), both(1), 1);
    }

    private Tensor doubled(String name, Tensor x) {
        return torch.conv_transpose2d(x, weight(name), bias(name), both(2), both(1), both(0), 1, both(1));
    }

    private static long[] both(long value) {
        return new long[] {value, value};
    }

    private Tensor linear(String name, Tensor x) {
        return torch.linear(x, weight(name), bias(name));
    }

    private Tensor norm(String name, Tensor x) {
        return torch.group_norm(x, GROUPS, new TensorOptional(weight(name)), bias(name), 1e-5, true);
    }

    private Tensor weight(String name) {
        return parameters.get(name + ".weight");
    }

    private TensorOptional bias(String name) {
        return new TensorOptional(parameters.get(name + ".bias"));
    }
}
