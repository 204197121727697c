"""Takes arc scores of a sentence, gives a tree with one root; takes trees, gives the scores of a test set.

Invariant: scores[word, head] with 0 for the root; heads[0] is never read. The same rules as `encoder/tree.rs`.
"""

import numpy as np

ROOT_COST = 1e6


def reached(heads: np.ndarray) -> bool:
    """Whether every word leads to the root."""
    good = np.zeros(len(heads), bool)
    good[0] = True
    for start in range(1, len(heads)):
        path, at = [], start
        while not good[at]:
            if at in path:
                return False
            path.append(at)
            at = heads[at]
        good[path] = True
    return True


def is_tree(heads: np.ndarray) -> bool:
    return (heads[1:] == 0).sum() == 1 and reached(heads)


def best_heads(scores: np.ndarray) -> np.ndarray:
    """The best head of each word where that is a tree, else the best tree with one root (Chu-Liu-Edmonds)."""
    heads = scores.argmax(-1)
    heads[0] = 0
    if is_tree(heads):
        return heads
    # Every arc from the root costs more than all scores together: the best tree has as few as it can, one.
    dear = scores.astype(np.float64)
    dear[:, 0] -= ROOT_COST
    return edmonds(dear)


def edmonds(scores: np.ndarray) -> np.ndarray:
    size = len(scores)
    scores = scores.astype(np.float64).copy()
    np.fill_diagonal(scores, -1e12)
    heads = scores.argmax(-1)
    heads[0] = 0
    cycle = a_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    within = scores[cycle, heads[cycle]]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -1e12)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    entering = scores[np.ix_(cycle, outside)] - within[:, None]
    smaller[-1, :-1] = entering.max(0)
    entry = entering.argmax(0)
    leaving = scores[np.ix_(outside, cycle)]
    smaller[:-1, -1] = leaving.max(1)
    exit_ = leaving.argmax(1)
    found = edmonds(smaller)
    result = heads.copy()
    for at, word in enumerate(outside):
        if word == 0:
            continue
        head = found[at]
        result[word] = cycle[exit_[at]] if head == len(outside) else outside[head]
    broken = entry[found[-1]]
    result[cycle[broken]] = outside[found[-1]]
    return result


def a_cycle(heads: np.ndarray):
    seen = np.zeros(len(heads), int)
    for start in range(1, len(heads)):
        path, at = [], start
        while at != 0 and not seen[at]:
            seen[at] = start
            path.append(at)
            at = heads[at]
        if at != 0 and seen[at] == start:
            return np.array(path[path.index(at) :])
    return None


class Tally:
    """Words right, of all; labels without their subtypes, punctuation included."""

    NAMES = ("UPOS", "XPOS", "UAS", "LAS", "LAS+sub")

    def __init__(self, universal: np.ndarray):
        self.universal = universal
        self.right = np.zeros(len(self.NAMES))
        self.words = 0

    def add(self, sentence, upos, xpos, heads, labels):
        """Arrays of the words alone, the root's place left out."""
        gold = {name: getattr(sentence, name)[1:] for name in ("upos", "xpos", "heads", "labels")}
        headed = heads == gold["heads"]
        same = self.universal[labels] == self.universal[gold["labels"]]
        known = gold["labels"] >= 0
        self.right += [
            (upos == gold["upos"]).sum(),
            (xpos == gold["xpos"]).sum(),
            headed.sum(),
            (headed & same & known).sum(),
            (headed & (labels == gold["labels"])).sum(),
        ]
        self.words += len(heads)

    def figures(self) -> dict[str, float]:
        shares = 100 * self.right / max(self.words, 1)
        return dict(zip(self.NAMES, (round(float(share), 2) for share in shares)))
