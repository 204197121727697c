"""Takes CoNLL-U files, gives sentences as numbers and padded batches of them.

Invariant: a word's head is counted from 1 and 0 is the root, which stands at the start mark's place.
"""

import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pieces import Pieces, shape

IGNORED = -1
LENGTHS = (8, 12, 16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512)
BATCH_PIECES = 1152


@dataclass
class Sentence:
    words: list[str]
    pieces: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    last: np.ndarray
    heads: np.ndarray
    labels: np.ndarray
    upos: np.ndarray
    xpos: np.ndarray

    @property
    def length(self) -> int:
        return len(self.pieces)


class Inventory:
    """The names of tags and relations, each in the order of the Rust crate's `ALL`."""

    def __init__(self, upos: list[str], xpos: list[str], labels: list[str]):
        self.names = {"upos": upos, "xpos": xpos, "labels": labels}
        self.number = {
            kind: {name: number for number, name in enumerate(names)} for kind, names in self.names.items()
        }
        self.universal = np.array(
            [sorted({n.split(":")[0] for n in labels}).index(n.split(":")[0]) for n in labels]
        )

    def of(self, kind: str, name: str) -> int:
        return self.number[kind].get(name, IGNORED)


def rows(path: Path):
    """The word lines of each sentence."""
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else open(path, encoding="utf-8")
    with opened as file:
        sentence = []
        for line in file:
            line = line.rstrip("\n")
            if not line:
                if sentence:
                    yield sentence
                sentence = []
            elif not line.startswith("#"):
                fields = line.split("\t")
                if fields[0].isdigit():
                    sentence.append(fields)
        if sentence:
            yield sentence


def read(path: Path, pieces: Pieces, inventory: Inventory) -> list[Sentence]:
    return [sentence for found in rows(path) if (sentence := numbered(found, pieces, inventory)).length <= 512]


def numbered(found: list[list[str]], pieces: Pieces, inventory: Inventory) -> Sentence:
    words = [fields[1] for fields in found]
    numbers, shapes, first, last = [pieces.start], [0], [0], [0]
    for word in words:
        of_word = pieces.of_word(word)
        first.append(len(numbers))
        numbers += of_word
        last.append(len(numbers) - 1)
        shapes += [shape(word) + 18] + [shape(word)] * (len(of_word) - 1)
    numbers.append(pieces.end)
    shapes.append(0)

    def column(kind: str, at: int) -> np.ndarray:
        return np.array([IGNORED] + [inventory.of(kind, fields[at]) for fields in found], np.int32)

    return Sentence(
        words=words,
        pieces=np.array(numbers, np.int32),
        shapes=np.array(shapes, np.int32),
        first=np.array(first, np.int32),
        last=np.array(last, np.int32),
        heads=np.array([IGNORED] + [int(fields[6]) for fields in found], np.int32),
        labels=column("labels", 7),
        upos=column("upos", 3),
        xpos=column("xpos", 4),
    )


def batches(sentences: list[Sentence], random: np.random.Generator | None, pieces: int = BATCH_PIECES):
    """Lists of sentence numbers with the padded length of each; shuffled when `random` is given."""
    by_length = {length: [] for length in LENGTHS}
    for number, sentence in enumerate(sentences):
        by_length[next(length for length in LENGTHS if sentence.length <= length)].append(number)
    made = []
    for length, numbers in by_length.items():
        if random is not None:
            random.shuffle(numbers)
        size = max(1, pieces // length)
        made += [(length, size, numbers[at : at + size]) for at in range(0, len(numbers), size)]
    if random is not None:
        random.shuffle(made)
    return made


def padded(sentences: list[Sentence], length: int, size: int) -> dict[str, np.ndarray]:
    batch = {name: np.zeros((size, length), np.int32) for name in ("pieces", "shapes", "first", "last")}
    batch |= {name: np.full((size, length), IGNORED, np.int32) for name in ("heads", "labels", "upos", "xpos")}
    batch |= {name: np.zeros((size, length), bool) for name in ("is_piece", "is_word")}
    batch["is_piece"][:, 0] = batch["is_word"][:, 0] = True
    for row, sentence in enumerate(sentences):
        for name in ("pieces", "shapes", "first", "last", "heads", "labels", "upos", "xpos"):
            values = getattr(sentence, name)
            batch[name][row, : len(values)] = values
        batch["is_piece"][row, : sentence.length] = True
        batch["is_word"][row, : len(sentence.first)] = True
    return batch
