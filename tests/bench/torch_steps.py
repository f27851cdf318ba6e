"""What `environment/scorebook bench --device cuda` measures, with Python's PyTorch: eager and compiled.

usage: torch_steps.py [--json FILE] [--turns N]
Training steps of the network of simple_unet.py at batch 128, and drawings of 64 images in 50 steps of DDIM: in float32,
and in bf16 where compiled.
"""
import argparse
import json
import statistics
import sys
import time
from pathlib import Path

try:
    import torch
except ImportError:
    torch = None

TIMES, STEPS, BATCH, IMAGES = 1000, 50, 128, 64
WARMUPS = 5


def alpha_bar():
    return torch.cumprod(1 - torch.linspace(1e-4, 0.02, TIMES, device="cuda"), 0)


class Training:
    """DDPM's step: times and noise, forward, mean square, gradients, clipping to norm 1, AdamW, the average."""

    def __init__(self, network, evaluate, half):
        self.network, self.evaluate, self.half = network, evaluate, half
        self.parameters = list(network.parameters())
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimizer = torch.optim.AdamW(self.parameters, 2e-4, fused=True)
        self.images = torch.rand(BATCH, 3, 32, 32, device="cuda") * 2 - 1
        self.alpha_bar = alpha_bar()

    def __call__(self):
        noise = torch.randn_like(self.images)
        times = torch.randint(TIMES, (BATCH,), device="cuda")
        a = self.alpha_bar[times].reshape(-1, 1, 1, 1)
        x = self.images * a.sqrt() + noise * (1 - a).sqrt()
        with torch.autocast("cuda", torch.bfloat16, enabled=self.half):
            loss = torch.nn.functional.mse_loss(self.evaluate(x, times.float()).float(), noise)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1)
        self.optimizer.step()
        torch._foreach_lerp_(self.average, [p.detach() for p in self.parameters], 1e-3)


class Drawing:
    """DDIM without new noise, with clipped data."""

    def __init__(self, network, evaluate, half):
        self.evaluate, self.half = evaluate, half
        self.shares = [1.0] + alpha_bar().tolist()
        self.times = [torch.full((IMAGES,), float(t), device="cuda") for t in range(0, TIMES + 1, TIMES // STEPS)]

    @torch.no_grad() if torch else lambda call: call
    def __call__(self):
        x = torch.randn(IMAGES, 3, 32, 32, device="cuda")
        for step in range(STEPS, 0, -1):
            now, then = (self.shares[i * TIMES // STEPS] for i in (step, step - 1))
            with torch.autocast("cuda", torch.bfloat16, enabled=self.half):
                noise = self.evaluate(x, self.times[step]).float()
            data = ((x - (1 - now) ** 0.5 * noise) / now ** 0.5).clamp(-1, 1)
            noise = (x - now ** 0.5 * data) / (1 - now) ** 0.5
            x = then ** 0.5 * data + (1 - then) ** 0.5 * noise
        return x


def measured(work, turns):
    seconds = []
    for i in range(-WARMUPS, turns):
        torch.cuda.synchronize()
        start = time.perf_counter()
        work()
        torch.cuda.synchronize()
        if i >= 0:
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def figure(kind, compiled, turns):
    """Of one kind of work, with a network of its own."""
    from simple_unet import SimpleUNet
    torch.manual_seed(0)
    network = SimpleUNet(3).cuda().train(kind is Training)
    evaluate = torch.compile(network, mode="reduce-overhead") if compiled else network
    torch.cuda.reset_peak_memory_stats()
    seconds = measured(kind(network, evaluate, half=compiled), turns)
    images, steps = (BATCH, 1) if kind is Training else (IMAGES, STEPS)
    return {"seconds_per_step": seconds / steps, "images_per_second": images / seconds,
            "peak_bytes": torch.cuda.max_memory_allocated()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="also write the figures there")
    parser.add_argument("--turns", type=int, default=20)
    options = parser.parse_args()
    if torch is None or not torch.cuda.is_available():
        sys.exit("torch_steps: this Python has no PyTorch that sees a CUDA device, so nothing is measured.")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "resources"))
    torch.set_float32_matmul_precision("high")
    figures = {}
    for compiled, way in (False, "eager"), (True, "compiled-bf16"):
        for name, kind in ("train-step-128", Training), ("sample-ddim-50", Drawing):
            result = figures[f"{name}-{way}"] = figure(kind, compiled, options.turns)
            print(f"{name + '-' + way:30s} {1e3 * result['seconds_per_step']:10.3f} ms a step"
                  f" {result['images_per_second']:10.1f} images/s {result['peak_bytes'] / 1e6:8.0f} MB", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


main()
