"""Takes trained weights (.npz), gives the file the program reads: 8-bit weights, compressed, with a checksum.

Invariant: the order of what is written here is the order in which `encoder/network.rs` reads it.
"""

import argparse
import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import zstandard

import base
from model import HEADS, LABEL, LAYERS, WIDTH

MAGIC, VERSION = b"sulh-enc", 1
# Products of two bytes are added in pairs into 16 bits on older processors: 2 * 255 * 64 stays inside.
WEIGHT_MAX = 64
# Rows of embeddings meet no product of bytes; seven bits keep the file small.
ROW_MAX = 63
LABEL_SLOTS, TAG_SLOTS = 112, 80


def quantised(matrix: np.ndarray, largest: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers and the scale of each column."""
    scales = np.maximum(np.abs(matrix).max(0), 1e-12) / largest
    return np.rint(matrix / scales).astype(np.int8), scales.astype(np.float32)


class File:
    def __init__(self):
        self.parts: list[bytes] = []

    def bytes(self, raw: bytes):
        self.parts += [struct.pack("<I", len(raw)), raw]

    def floats(self, values: np.ndarray):
        self.parts.append(np.ascontiguousarray(values, "<f4").tobytes())

    def table(self, rows: np.ndarray):
        whole, scales = quantised(rows.T, ROW_MAX)
        self.parts.append(np.ascontiguousarray(whole.T).tobytes())
        self.floats(scales)

    def dense(self, weights: np.ndarray, bias: np.ndarray):
        whole, scales = quantised(weights, WEIGHT_MAX)
        self.parts.append(np.ascontiguousarray(whole).tobytes())
        self.floats(scales)
        self.floats(bias)


def wider(values: np.ndarray, columns: int) -> np.ndarray:
    """The same values with columns of zeros at the end."""
    missing = columns - values.shape[-1]
    return np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, missing)])


def payload(weights, inventory: dict, vocabulary: list[str]) -> bytes:
    file = File()
    file.bytes(json.dumps(inventory).encode())
    file.bytes("\n".join(vocabulary).encode())
    file.table(weights["words"])
    file.table(weights["encoder/positions"])
    file.floats(weights["heads/shapes"])

    def norm(name):
        file.floats(weights[f"{name}/scale"])
        file.floats(weights[f"{name}/bias"])

    def dense(name, scale=1.0):
        file.dense(weights[f"{name}/w"] * scale, weights[f"{name}/b"] * scale)

    norm("encoder/norm")
    # Attention divides its scores by the root of a head's width: here, in the weights of the queries.
    queries = np.ones(3 * WIDTH, np.float32)
    queries[:WIDTH] = (WIDTH // HEADS) ** -0.5
    for layer in range(LAYERS):
        at = f"encoder/layers/{layer}"
        dense(f"{at}/qkv", queries)
        dense(f"{at}/out")
        norm(f"{at}/out_norm")
        dense(f"{at}/up")
        dense(f"{at}/down")
        norm(f"{at}/down_norm")
    mix = np.exp(weights["heads/mix"] - weights["heads/mix"].max(-1, keepdims=True))
    file.floats(mix / mix.sum(-1, keepdims=True) * weights["heads/gain"][:, None])
    file.dense(wider(weights["heads/tags/w"], TAG_SLOTS), wider(weights["heads/tags/b"], TAG_SLOTS))
    heads(file, weights)
    return b"".join(file.parts)


def heads(file: File, weights):
    """The two sides of arcs and labels. Slot LABEL of a head is always 1, so one product gives all of a label."""
    w, b = weights["heads/mlp/w"], weights["heads/mlp/b"]
    cut = w.shape[1] - 2 * LABEL
    sides = [slice(0, cut), slice(cut, cut + LABEL), slice(cut + LABEL, None)]
    widths = [cut, LABEL_SLOTS, LABEL_SLOTS]
    file.dense(
        np.concatenate([wider(w[:, side], width) for side, width in zip(sides, widths)], axis=1),
        np.concatenate([wider(b[side], width) for side, width in zip(sides, widths)]),
    )
    file.dense(weights["heads/arc/w"], weights["heads/arc/b"])
    label = {name: weights[f"heads/label/{name}"] for name in ("w", "of_word", "of_head", "b")}
    size = label["b"].shape[0]
    pairs = np.zeros((LABEL_SLOTS, size, LABEL_SLOTS), np.float32)
    pairs[:LABEL, :, :LABEL] = label["w"]
    pairs[:LABEL, :, LABEL] = label["of_word"]
    bias = np.zeros((size, LABEL_SLOTS), np.float32)
    bias[:, :LABEL] = label["of_head"].T
    bias[:, LABEL] = label["b"]
    file.dense(pairs.reshape(LABEL_SLOTS, -1), bias.reshape(-1))


def write(path: Path, weights, inventory: dict, vocabulary: list[str]):
    raw = payload(weights, inventory, vocabulary)
    # Level 1: the higher ones find next to nothing more in weights and unpack more slowly.
    packed = zstandard.ZstdCompressor(level=1).compress(raw)
    checksum = hashlib.sha256(packed).digest()
    path.write_bytes(MAGIC + struct.pack("<IQ", VERSION, len(raw)) + checksum + packed)
    print(f"{path}: {path.stat().st_size:,} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, help="folder with model.safetensors and vocab.txt")
    given = parser.parse_args()
    inventory = json.loads((Path(__file__).parent / "inventory.json").read_text())
    write(given.out, np.load(given.weights), inventory, base.load(given.base)[1])


if __name__ == "__main__":
    main()
