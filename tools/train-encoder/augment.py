"""Takes a training sentence, gives it as other pages might print it.

Invariant: the tree stays right; only how words are written changes, or a last stop goes.
"""

from dataclasses import replace

import numpy as np

STOPLESS, QUOTES, CAPITALS, UNKNOWN = 0.1, 0.15, 0.03, 0.03
ALL_CAPS, INITIAL_CAP = 3, 2


def changed(sentence, random: np.random.Generator, pieces, inventory):
    if random.random() < STOPLESS:
        sentence = without_stop(sentence, inventory)
    if random.random() < QUOTES:
        sentence = other_quotes(sentence, pieces, inventory)
    if random.random() < CAPITALS:
        sentence = capitals(sentence, ALL_CAPS if random.random() < 0.5 else INITIAL_CAP)
    return some_unknown(sentence, random, pieces)


def without_stop(sentence, inventory):
    """The last word goes when it is a full stop that nothing hangs on."""
    last = len(sentence.words)
    is_stop = sentence.xpos[last] == inventory.of("xpos", ".") and sentence.last[last] == sentence.first[last]
    if last < 3 or not is_stop or (sentence.heads == last).any():
        return sentence
    at = sentence.first[last]
    return replace(
        sentence,
        words=sentence.words[:-1],
        pieces=np.delete(sentence.pieces, at),
        shapes=np.delete(sentence.shapes, at),
        **{name: getattr(sentence, name)[:-1] for name in ("first", "last", "heads", "labels", "upos", "xpos")},
    )


def other_quotes(sentence, pieces, inventory):
    """Straight quotes and apostrophes become curly ones, or the other way."""
    new = sentence.pieces.copy()
    single, curly = pieces.number["'"], pieces.number["’"]
    double, opening, closing = (pieces.number[sign] for sign in '"“”')
    if np.isin(new, (curly, opening, closing)).any():
        new[new == curly] = single
        new[(new == opening) | (new == closing)] = double
    else:
        new[new == single] = curly
        starts = sentence.first[sentence.xpos == inventory.of("xpos", "``")]
        new[starts] = np.where(new[starts] == double, opening, new[starts])
        new[new == double] = closing
    return replace(sentence, pieces=new)


def capitals(sentence, case: int):
    """As in a headline: the shape of every word with a letter."""
    old = sentence.shapes
    letters = (old % 6 != 0) & (sentence.pieces != sentence.pieces[0])
    return replace(sentence, shapes=np.where(letters, old - old % 6 + case, old))


def some_unknown(sentence, random, pieces):
    """Now and then a whole word is one the vocabulary does not have."""
    hidden = random.random(len(sentence.words)) < UNKNOWN
    if not hidden.any():
        return sentence
    new = sentence.pieces.copy()
    for word in np.flatnonzero(hidden) + 1:
        new[sentence.first[word] : sentence.last[word] + 1] = pieces.unknown
    return replace(sentence, pieces=new)
