"""Takes treebanks and the published MiniLM weights, gives trained weights, one file an epoch, and the program's file.

Invariant: the same seed, data and machine give the same weights.
"""

import argparse
import json
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

import augment
import base
import export
import model
from decode import Tally, best_heads
from pieces import SHAPES, Pieces
from treebank import Inventory, batches, padded, read

RATES = {"words": 5e-5, "encoder": 1.5e-4, "heads": 1e-3}
WARM_UP, DECAY, CLIP, AVERAGE = 0.08, 0.01, 1.0, 0.998


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of *.conllu or *.conllu.xz")
    parser.add_argument("--corpus", type=Path, help="folder with train.conllu and test.conllu of our own")
    parser.add_argument("--corpus-times", type=int, default=4)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--watch", action="store_true", help="keep a tenth of the dev sets out and report on it")
    parser.add_argument("--steps", type=int, help="stop early: for trying things out")
    parser.add_argument("--base", type=Path, help="folder with model.safetensors and vocab.txt")
    return parser.parse_args()


def gather(given, pieces, inventory):
    """Training sentences, and named sets to watch and to test on."""
    train, watch, test = [], {}, {}
    for path in sorted(given.data.glob("*.conllu*")):
        name = path.name.split(".")[0]
        sentences = read(path, pieces, inventory)
        if name.endswith("-test"):
            test[name] = sentences
        elif name.endswith("-dev") and given.watch:
            train += [s for at, s in enumerate(sentences) if at % 10]
            watch[name] = sentences[::10]
        else:
            train += sentences
    if given.corpus:
        for path in given.corpus.glob("train.conllu*"):
            train += read(path, pieces, inventory) * given.corpus_times
        for path in given.corpus.glob("test.conllu*"):
            test["own-test"] = read(path, pieces, inventory)
    return train, watch, test


def rate_tree(params, scale):
    return {part: jax.tree.map(lambda _: rate * scale, params[part]) for part, rate in RATES.items()}


@partial(jax.jit, static_argnames=("upos_size",), donate_argnums=(0,))
def step(state, batch, key, scale, upos_size):
    """One AdamW update, and the moving average of the weights."""
    params = state["params"]
    loss, grads = jax.value_and_grad(model.loss)(params, batch, key, upos_size)
    norm = jnp.sqrt(sum((g * g).sum() for g in jax.tree.leaves(grads)))
    shrink = jnp.minimum(1.0, CLIP / (norm + 1e-6))
    count = state["count"] + 1
    fix_one, fix_two = 1 - 0.9**count, 1 - 0.999**count
    keep = jnp.minimum(AVERAGE, (1 + count) / (10 + count))

    def update(value, grad, one, two, average, rate):
        grad = grad * shrink
        one = 0.9 * one + 0.1 * grad
        two = 0.999 * two + 0.001 * grad * grad
        decay = DECAY if value.ndim > 1 else 0.0
        value = value - rate * (one / fix_one / (jnp.sqrt(two / fix_two) + 1e-6) + decay * value)
        return value, one, two, keep * average + (1 - keep) * value

    rates = rate_tree(params, scale)
    parts = [params, grads, state["one"], state["two"], state["average"], rates]
    flat = [jax.tree.leaves(part) for part in parts]
    structure = jax.tree.structure(params)
    new = [update(*values) for values in zip(*flat)]
    params, one, two, average = (jax.tree.unflatten(structure, [n[i] for n in new]) for i in range(4))
    state = {"params": params, "one": one, "two": two, "average": average, "count": count}
    return state, loss, norm


@jax.jit
def predict(params, batch):
    tags, arcs, label_word, label_head = model.scores(params, batch)
    return tags, arcs, label_word, label_head


@jax.jit
def predict_labels(params, label_word, label_head, heads):
    return model.label_scores(params, label_word, label_head, heads)


def evaluate(params, sentences, inventory):
    tally = Tally(inventory.universal)
    upos_size, root = len(inventory.names["upos"]), inventory.of("labels", "root")
    for length, size, numbers in batches(sentences, None):
        chosen = [sentences[number] for number in numbers]
        batch = padded(chosen, length, size)
        tags, arcs, label_word, label_head = predict(params, batch)
        arcs, tags, heads = np.asarray(arcs), np.asarray(tags), np.zeros((size, length), np.int32)
        for row, sentence in enumerate(chosen):
            words = len(sentence.first)
            heads[row, :words] = best_heads(arcs[row, :words, :words])
        scores = np.array(predict_labels(params, label_word, label_head, heads))
        scores[..., root] = np.where(heads == 0, 1e9, -1e9)
        for row, sentence in enumerate(chosen):
            words = slice(1, len(sentence.first))
            upos, xpos = tags[row, words, :upos_size].argmax(-1), tags[row, words, upos_size:].argmax(-1)
            tally.add(sentence, upos, xpos, heads[row, words], scores[row, words].argmax(-1))
    return tally.figures()


def by_name(params) -> dict[str, np.ndarray]:
    flat, _ = jax.tree_util.tree_flatten_with_path(params)
    return {jax.tree_util.keystr(at, simple=True, separator="/"): np.asarray(value) for at, value in flat}


def main():
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    jax.config.update("jax_default_prng_impl", "unsafe_rbg")
    inventory = Inventory(**json.loads((Path(__file__).parent / "inventory.json").read_text()))
    weights, vocabulary = base.load(given.base)
    pieces = Pieces(vocabulary)
    train, watch, test = gather(given, pieces, inventory)
    words = sum(len(s.words) for s in train)
    print(f"{len(train)} sentences, {words} words, {sum(s.length for s in train)} pieces", flush=True)
    sizes = {kind: len(names) for kind, names in inventory.names.items()}
    params = jax.tree.map(jnp.asarray, model.init(weights, SHAPES, sizes, given.seed))
    zeros = partial(jax.tree.map, jnp.zeros_like)
    state = {"params": params, "one": zeros(params), "two": zeros(params), "count": jnp.float32(0)}
    state["average"] = jax.tree.map(jnp.copy, params)

    random = np.random.default_rng(given.seed)
    key = jax.random.key(given.seed)
    total = given.epochs * len(batches(train, random))
    done, started = 0, time.time()
    for epoch in range(1, given.epochs + 1):
        losses = []
        for length, size, numbers in batches(train, random):
            changed = [augment.changed(train[number], random, pieces, inventory) for number in numbers]
            scale = min((done + 1) / (WARM_UP * total), (total - done) / ((1 - WARM_UP) * total))
            batch = padded(changed, length, size)
            state, loss, _ = step(state, batch, jax.random.fold_in(key, done), scale, sizes["upos"])
            losses.append(loss)
            done += 1
            if done % 100 == 0:
                recent = float(np.mean([float(loss) for loss in losses[-100:]]))
                print(f"step {done}/{total} loss {recent:.3f} {time.time() - started:.0f} s", flush=True)
            if done == given.steps:
                return
        np.savez(given.out / f"epoch-{epoch}.npz", **by_name(state["average"]))
        for name, sentences in (watch if epoch < given.epochs else watch | test).items():
            print(f"epoch {epoch} {name} {evaluate(state['average'], sentences, inventory)}", flush=True)
    export.write(given.out / "encoder.sulh.zst", by_name(state["average"]), inventory.names, vocabulary)


if __name__ == "__main__":
    main()
