"""Takes padded batches and weights, gives scores: tags, arcs, labels.

Invariant: a row depends on nothing but its own sentence; [CLS] stands for the root.
"""

import jax
import jax.numpy as jnp
import numpy as np

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
ARC, LABEL = 256, 100
NEVER = -1e9


def init(weights: dict[str, np.ndarray], shapes: int, sizes: dict[str, int], seed: int) -> dict:
    """The published weights of the encoder under short names, and fresh heads."""
    random = np.random.default_rng(seed)

    def fresh(*shape):
        return (random.standard_normal(shape) * (2.0 / (shape[0] + shape[-1])) ** 0.5).astype(np.float32)

    def zeros(*shape):
        return np.zeros(shape, np.float32)

    def norm(name):
        return {"scale": weights[name + ".weight"], "bias": weights[name + ".bias"]}

    def dense(*names):
        return {
            "w": np.concatenate([weights[name + ".weight"].T for name in names], axis=1),
            "b": np.concatenate([weights[name + ".bias"] for name in names]),
        }

    def layer(number):
        at = f"encoder.layer.{number}."
        return {
            "qkv": dense(*(f"{at}attention.self.{part}" for part in ("query", "key", "value"))),
            "out": dense(at + "attention.output.dense"),
            "out_norm": norm(at + "attention.output.LayerNorm"),
            "up": dense(at + "intermediate.dense"),
            "down": dense(at + "output.dense"),
            "down_norm": norm(at + "output.LayerNorm"),
        }

    return {
        "words": weights["embeddings.word_embeddings.weight"],
        "encoder": {
            "positions": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm": norm("embeddings.LayerNorm"),
            "layers": [layer(number) for number in range(LAYERS)],
        },
        "heads": {
            "shapes": zeros(shapes, WIDTH),
            "mix": zeros(2, LAYERS + 1),
            "gain": np.ones(2, np.float32),
            "tags": {"w": fresh(WIDTH, sizes["upos"] + sizes["xpos"]), "b": zeros(sizes["upos"] + sizes["xpos"])},
            "mlp": {"w": fresh(WIDTH, 2 * ARC + 2 * LABEL), "b": zeros(2 * ARC + 2 * LABEL)},
            "arc": {"w": fresh(ARC, ARC) * 0.5, "b": zeros(ARC)},
            "label": {
                "w": fresh(LABEL, sizes["labels"], LABEL) * 0.5,
                "of_word": fresh(LABEL, sizes["labels"]),
                "of_head": fresh(LABEL, sizes["labels"]),
                "b": zeros(sizes["labels"]),
            },
        },
    }


class Dropout:
    """Drops values with cheap random bytes; keeps everything when it has no key."""

    def __init__(self, key):
        self.key, self.count = key, 0

    def __call__(self, x, rate, shape=None):
        if self.key is None:
            return x
        self.count += 1
        bits = jax.random.bits(jax.random.fold_in(self.key, self.count), shape or x.shape, jnp.uint8)
        threshold = round(rate * 256)
        return jnp.where(bits >= threshold, x * (256 / (256 - threshold)), 0.0)


def normed(x, norm):
    mean = x.mean(-1, keepdims=True)
    centred = x - mean
    variance = (centred * centred).mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt(variance + 1e-12) * norm["scale"] + norm["bias"]


def dense(x, weights):
    return x @ weights["w"] + weights["b"]


def attention(x, is_piece, layer, drop):
    size, length, _ = x.shape
    q, k, v = (
        part.reshape(size, length, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)
        for part in jnp.split(dense(x, layer["qkv"]), 3, axis=-1)
    )
    scores = q @ k.transpose(0, 1, 3, 2) * (WIDTH // HEADS) ** -0.5
    scores = jnp.where(is_piece[:, None, None, :], scores, NEVER)
    seen = drop(jax.nn.softmax(scores, axis=-1), 0.1) @ v
    return dense(seen.transpose(0, 2, 1, 3).reshape(size, length, WIDTH), layer["out"])


def layers(params, batch, drop):
    """The embeddings and what each layer makes of them."""
    encoder = params["encoder"]
    x = params["words"][batch["pieces"]] + encoder["positions"][: batch["pieces"].shape[1]]
    x = drop(normed(x + params["heads"]["shapes"][batch["shapes"]], encoder["norm"]), 0.1)
    found = [x]
    for layer in encoder["layers"]:
        x = normed(x + drop(attention(x, batch["is_piece"], layer, drop), 0.1), layer["out_norm"])
        inner = jax.nn.gelu(dense(x, layer["up"]), approximate=False)
        x = normed(x + drop(dense(inner, layer["down"]), 0.1), layer["down_norm"])
        found.append(x)
    return found


def scores(params, batch, key=None):
    """Tag scores, arc scores of every pair (word, head), and both sides of the label scores."""
    drop, heads = Dropout(key), params["heads"]
    found = layers(params, batch, drop)

    def at(x, place):
        return jnp.take_along_axis(x, batch[place][:, :, None], axis=1)

    at_words = [(at(x, "first") + at(x, "last")) * 0.5 for x in found]
    shares = jax.nn.softmax(heads["mix"], axis=-1) * heads["gain"][:, None]
    for_tags, for_arcs = (
        drop(sum(share[i] * x for i, x in enumerate(at_words)), 0.2) for share in (shares[0], shares[1])
    )
    size, length, _ = for_arcs.shape
    mlp = jax.nn.gelu(dense(for_arcs, heads["mlp"]), approximate=False)
    # One mask a sentence: the same units are dropped at all its words.
    mlp = drop(mlp, 0.33, (size, 1, 2 * ARC + 2 * LABEL))
    arc_word, arc_head, label_word, label_head = jnp.split(mlp, (ARC, 2 * ARC, 2 * ARC + LABEL), axis=-1)
    arcs = (arc_word @ heads["arc"]["w"] + heads["arc"]["b"]) @ arc_head.transpose(0, 2, 1)
    arcs = jnp.where(batch["is_word"][:, None, :] & ~jnp.eye(length, dtype=bool), arcs, NEVER)
    return dense(for_tags, heads["tags"]), arcs, label_word, label_head


def label_scores(params, label_word, label_head, chosen):
    """Scores of every label of each word's arc to its chosen head."""
    label = params["heads"]["label"]
    of_head = jnp.take_along_axis(label_head, chosen[:, :, None], axis=1)
    both = label_word @ label["w"].reshape(LABEL, -1)
    pair = (both.reshape(*both.shape[:2], -1, LABEL) * of_head[:, :, None, :]).sum(-1)
    return pair + label_word @ label["of_word"] + of_head @ label["of_head"] + label["b"]


def cross_entropy(scores, gold, smoothing, allowed=None):
    """The mean over words with a gold value; smoothing spreads over what is allowed."""
    logs = jax.nn.log_softmax(scores, axis=-1)
    known = gold >= 0
    right = jnp.take_along_axis(logs, jnp.maximum(gold, 0)[..., None], axis=-1)[..., 0]
    if allowed is None:
        spread = logs.mean(-1)
    else:
        spread = jnp.where(allowed, logs, 0.0).sum(-1) / jnp.maximum(allowed.sum(-1), 1)
    loss = -(1 - smoothing) * right - smoothing * spread
    return jnp.where(known, loss, 0.0).sum() / jnp.maximum(known.sum(), 1)


def loss(params, batch, key, upos_size, smoothing=0.03):
    tags, arcs, label_word, label_head = scores(params, batch, key)
    labels = label_scores(params, label_word, label_head, jnp.maximum(batch["heads"], 0))
    allowed = batch["is_word"][:, None, :] & ~jnp.eye(arcs.shape[1], dtype=bool)
    return (
        cross_entropy(arcs, batch["heads"], smoothing, allowed)
        + cross_entropy(labels, batch["labels"], smoothing)
        + 0.5 * cross_entropy(tags[..., :upos_size], batch["upos"], smoothing)
        + 0.5 * cross_entropy(tags[..., upos_size:], batch["xpos"], smoothing)
    )
