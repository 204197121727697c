"""Takes a word as a treebank writes it, gives its word pieces and its shape.

Invariant: the same pieces and shapes as `crates/sulh-syntax/src/encoder/pieces.rs`; a change here is a change there.
"""

import unicodedata

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
CHUNK_CHARS_MAX = 100
WORD_CHARS_MAX = 400
WORD_PIECES_MAX = 12
SHAPES = 36  # case (6) x digits (3) x first piece of its word or a later one (2)


def is_punctuation(char: str) -> bool:
    ascii_sign = char.isascii() and not char.isalnum() and not char.isspace() and char.isprintable()
    return ascii_sign or unicodedata.category(char).startswith("P")


def is_ideograph(char: str) -> bool:
    ranges = (
        (0x4E00, 0x9FFF),
        (0x3400, 0x4DBF),
        (0x20000, 0x2A6DF),
        (0x2A700, 0x2B73F),
        (0x2B740, 0x2B81F),
        (0x2B820, 0x2CEAF),
        (0xF900, 0xFAFF),
        (0x2F800, 0x2FA1F),
    )
    return any(low <= ord(char) <= high for low, high in ranges)


def chunks(word: str) -> list[str]:
    """Lower case without marks, cut at spaces; punctuation signs and ideographs stand alone."""
    found, current = [], ""
    for char in unicodedata.normalize("NFD", "".join(map(str.lower, word[:WORD_CHARS_MAX]))):
        if char in "\t\n\r" or unicodedata.category(char)[0] == "Z":
            found, current = found + [current], ""
        elif unicodedata.category(char)[0] in "MC" or char == "\ufffd":
            continue
        elif is_punctuation(char) or is_ideograph(char):
            found, current = found + [current, char], ""
        else:
            current += char
    return [chunk for chunk in found + [current] if chunk]


class Pieces:
    """The word pieces of a vocabulary."""

    def __init__(self, vocabulary: list[str]):
        self.vocabulary = vocabulary
        self.number = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown, self.start, self.end = (self.number[p] for p in (UNKNOWN, START, END))

    def of_chunk(self, chunk: str) -> list[int]:
        """Greedy, longest match first; all or nothing."""
        if len(chunk) > CHUNK_CHARS_MAX:
            return [self.unknown]
        found, at = [], 0
        while at < len(chunk):
            for end in range(len(chunk), at, -1):
                number = self.number.get(("##" if at else "") + chunk[at:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            at = end
        return found

    def of_word(self, word: str) -> list[int]:
        found = [piece for chunk in chunks(word) for piece in self.of_chunk(chunk)]
        return found[:WORD_PIECES_MAX] or [self.unknown]


def shape(word: str) -> int:
    """Case and digits of a word, which the uncased vocabulary does not show: case + 6 * digits."""
    word = word[:WORD_CHARS_MAX]
    upper = sum(char.isupper() for char in word)
    lower = sum(char.islower() for char in word)
    if upper == 0:
        case = 1 if lower else 0
    elif lower == 0:
        case = 3 if upper > 1 else 4
    else:
        first = next(char for char in word if char.isupper() or char.islower())
        case = 2 if upper == 1 and first.isupper() else 5
    digits = sum(char.isdecimal() for char in word)
    kind = 0 if digits == 0 else (1 if digits == len(word) else 2)
    return case + 6 * kind
