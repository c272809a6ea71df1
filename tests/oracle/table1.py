"""Table 1 of the paper from label sequences, with fractions and loops."""

from fractions import Fraction


def stages_of(frames):
    """Sets of a sequence's stages; a frame without a face (None) parts them and is no stage."""
    stages, before = [], None
    for members in frames:
        if members is not None and members != before:
            stages.append(members)
        before = members
    return stages


def without_letters(frames):
    """Only which Action Units occur together."""
    return [None if members is None else frozenset(au for au, _ in members) for members in frames]


def column(sequences):
    """Six figures and two counts of letters over some sequences of frames."""
    counted = []
    for frames in sequences:
        seen = [members for members in frames if members is not None]
        if seen:
            counted.append((frames, len(seen)))
    plain = {tuple(stages_of(without_letters(frames))) for frames, _ in counted}
    lettered = {tuple(stages_of(frames)) for frames, _ in counted}
    lengths = [Fraction(len(stages_of(frames))) for frames, _ in counted]
    reductions = [1 - length / number for length, (_, number) in zip(lengths, counted, strict=True)]
    pairs = {}
    for index, (frames, _) in enumerate(counted):
        for members in frames:
            for au, letter in members or ():
                pairs.setdefault((index, au), set()).add(letter)
    mean = lambda values: sum(values) / len(values) if values else None  # noqa: E731
    return {
        "sequences": len(sequences),
        "frames": mean([Fraction(number) for _, number in counted]),
        "cooccurrence": len(plain),
        "clustered": len(lettered),
        "stages": mean(lengths),
        "reduction": mean(reductions),
        "units": len(pairs),
        "only A": sum(letters == {"A"} for letters in pairs.values()),
    }


def table(labelled):
    """Columns by label, and ``everything``, of (label, frames) pairs."""
    columns = {"everything": column([frames for _, frames in labelled])}
    for label in {label for label, _ in labelled}:
        columns[label] = column([frames for other, frames in labelled if other == label])
    return columns
