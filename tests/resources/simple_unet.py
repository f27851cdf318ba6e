"""The U-Net of org.scorebook.model.SimpleUNet in PyTorch: loads weights by name, answers, and makes weights of its own.

usage: simple_unet.py WEIGHTS INPUTS ANSWERS OWN_WEIGHTS OWN_ANSWERS
All files are safetensors; INPUTS has x and t.
"""
import json
import math
import struct
import sys

import torch
from torch import nn
from torch.nn import functional as F


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    arrays = {}
    for name, place in header.items():
        begin, end = place["data_offsets"]
        arrays[name] = torch.frombuffer(bytearray(data[begin:end]), dtype=torch.float32).reshape(place["shape"])
    return arrays


def write(path, arrays):
    header, chunks, offset = {}, [], 0
    for name, array in arrays.items():
        chunk = array.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + len(chunk)]}
        offset += len(chunk)
        chunks.append(chunk)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))


class Sinusoids(nn.Module):
    def forward(self, t):
        frequencies = torch.exp(-math.log(10000) * torch.arange(64, device=t.device) / 64)
        angles = t[:, None] * frequencies[None, :]
        return torch.cat([angles.sin(), angles.cos()], 1)


class Residual(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.time_mlp = nn.Linear(512, outputs)
        self.norm1 = nn.GroupNorm(8, outputs)
        self.norm2 = nn.GroupNorm(8, outputs)
        self.dropout = nn.Dropout(0.1)
        self.residual_conv = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x, e):
        h = F.relu(self.norm1(self.conv1(x))) + self.time_mlp(F.relu(e))[:, :, None, None]
        return F.relu(self.dropout(self.norm2(self.conv2(h)))) + self.residual_conv(x)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.GroupNorm(8, channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1)
        self.proj = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        q, k, v = self.qkv(self.norm(x)).flatten(2).chunk(3, 1)
        weights = torch.softmax(q.transpose(1, 2) @ k / math.sqrt(x.shape[1]), -1)
        return x + self.proj((v @ weights.transpose(1, 2)).reshape(x.shape))


class SimpleUNet(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.time_embed = nn.Sequential(Sinusoids(), nn.Linear(128, 512), nn.ReLU(), nn.Linear(512, 512))
        self.init_conv = nn.Conv2d(channels, 64, 3, padding=1)
        self.down1, self.down2 = Residual(64, 128), Residual(128, 256)
        self.downsample1 = nn.Conv2d(128, 128, 3, stride=2, padding=1)
        self.downsample2 = nn.Conv2d(256, 256, 3, stride=2, padding=1)
        self.mid1, self.mid_attn, self.mid2 = Residual(256, 256), Attention(256), Residual(256, 256)
        self.up1, self.up2 = Residual(512, 128), Residual(256, 64)
        self.upsample1 = nn.ConvTranspose2d(256, 256, 4, stride=2, padding=1)
        self.upsample2 = nn.ConvTranspose2d(128, 128, 4, stride=2, padding=1)
        self.final_norm = nn.GroupNorm(8, 64)
        self.final_conv = nn.Conv2d(64, channels, 3, padding=1)

    def forward(self, x, t):
        e = self.time_embed(t)
        skip1 = self.down1(self.init_conv(x), e)
        skip2 = self.down2(self.downsample1(skip1), e)
        x = self.mid2(self.mid_attn(self.mid1(self.downsample2(skip2), e)), e)
        x = self.up1(torch.cat([self.upsample1(x), skip2], 1), e)
        x = self.up2(torch.cat([self.upsample2(x), skip1], 1), e)
        return self.final_conv(F.relu(self.final_norm(x)))


def main(weights, inputs, answers, own_weights, own_answers):
    torch.manual_seed(1)
    inputs = read(inputs)
    network = SimpleUNet(inputs["x"].shape[1]).eval()
    own = SimpleUNet(inputs["x"].shape[1]).eval()
    network.load_state_dict(read(weights), strict=True)
    with torch.no_grad():
        write(answers, {"y": network(inputs["x"], inputs["t"])})
        write(own_answers, {"y": own(inputs["x"], inputs["t"])})
    write(own_weights, own.state_dict())


if __name__ == "__main__":
    main(*sys.argv[1:])
