"""The network of org.scorebook.model.EnergyNet in PyTorch, spectrally normalized: loads weights by name, answers, and
makes weights of its own.

usage: energy_net.py WEIGHTS INPUTS ANSWERS OWN_WEIGHTS OWN_ANSWERS
All files are safetensors; INPUTS has x, images of 28x28; answers have logits, energy, its gradient, a layer's weight.
"""
import sys

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm

from simple_unet import read, write


class EnergyNet(nn.Module):
    def __init__(self, channels, base, classes):
        super().__init__()
        widths = [channels, base, 2 * base, 4 * base, 8 * base]
        kernels = [5, 3, 3, 3]
        self.convs = nn.ModuleList(
            spectral_norm(nn.Conv2d(widths[i], widths[i + 1], k, stride=2, padding=k // 2))
            for i, k in enumerate(kernels)
        )
        self.dense = spectral_norm(nn.Linear(4 * widths[4], 4 * base))
        self.head = spectral_norm(nn.Linear(4 * base, classes))

    def forward(self, x):
        for conv in self.convs:
            x = F.silu(conv(x))
        return self.head(F.silu(self.dense(x.flatten(1))))


def answers(network, x):
    x = x.clone().requires_grad_(True)
    logits = network.eval()(x)
    energy = -torch.logsumexp(logits, 1)
    (gradient,) = torch.autograd.grad(energy.sum(), x)
    return {"logits": logits, "energy": energy, "gradient": gradient, "weight": network.convs[0].weight}


def main(weights, inputs, answers_file, own_weights, own_answers):
    torch.manual_seed(1)
    x = read(inputs)["x"]
    weights = read(weights)
    base, classes = len(weights["convs.0.bias"]), len(weights["head.bias"])
    network = EnergyNet(x.shape[1], base, classes)
    network.load_state_dict(weights, strict=True)
    write(answers_file, answers(network, x))
    own = EnergyNet(x.shape[1], base, classes)
    with torch.no_grad():
        for parameter in own.parameters():
            parameter.add_(0.3 * torch.randn_like(parameter))
    for _ in range(20):  # each evaluation in training is a power iteration
        own.train()(x)
    write(own_answers, answers(own, x))
    write(own_weights, own.state_dict())


if __name__ == "__main__":
    main(*sys.argv[1:])
