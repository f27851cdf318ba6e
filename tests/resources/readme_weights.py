"""Runs the two snippets of README's "Weights to PyTorch and back" in the folder that has `checkpoint`.

usage: readme_weights.py README INPUTS ANSWERS OWN_ANSWERS
INPUTS has x and t. ANSWERS gets what the checkpoint's network says of them. Then all of its parameters are changed, it
goes back into the checkpoint, and OWN_ANSWERS gets what it says now. Prints who read and wrote the files: the package
safetensors where it is installed, else the few lines of simple_unet.py.
"""
import re
import sys
import types
from pathlib import Path

import torch

from simple_unet import SimpleUNet, read, write

try:
    import safetensors.torch
    print("safetensors", safetensors.__version__)
except ImportError:
    stand_in = types.ModuleType("safetensors.torch")
    stand_in.load_file, stand_in.save_file = read, lambda arrays, path: write(path, arrays)
    sys.modules.update({"safetensors": types.ModuleType("safetensors"), "safetensors.torch": stand_in})
    print("stand-in")


def main(readme, inputs, answers, own_answers):
    section = Path(readme).read_text().split("### Weights to PyTorch and back", 1)[1].split("\n## ", 1)[0]
    there, back = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    x, t = (read(inputs)[name] for name in "xt")
    network = SimpleUNet(x.shape[1]).eval()
    exec(there, {"network": network})
    with torch.no_grad():
        write(answers, {"y": network(x, t)})
        for parameter in network.parameters():
            parameter.mul_(1.25)
        write(own_answers, {"y": network(x, t)})
    exec(back, {"network": network})


if __name__ == "__main__":
    main(*sys.argv[1:])
