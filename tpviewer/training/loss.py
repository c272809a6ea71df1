"""The loss of a fit: labels that are missing teach nothing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.quiet import import_tensorflow

_SMOOTHING = 0.02
_TEMPERATURE = 2.0
_MOST_WEIGHT = 3.0


def masked_entropy(labels: Any, logits: Any, weights: Any) -> Any:
    """Weighted cross entropy over the labels that are there (Pahl, Rieger, Seuss 2020), as a tensor.

    A missing label (-1) adds neither loss nor gradient; the sum is divided by the number of labels present
    in the batch.

    Parameters
    ----------
    labels : (n, K) float32 tensor
        1 present, 0 absent, -1 missing.
    logits : (n, K) float32 tensor
    weights : (K,) float32
        Weight of a present Action Unit against an absent one.
    """
    tensorflow = import_tensorflow()
    there = tensorflow.cast(labels >= 0, tensorflow.float32)
    target = tensorflow.maximum(labels, 0.0) * (1 - 2 * _SMOOTHING) + _SMOOTHING
    entropy = tensorflow.nn.weighted_cross_entropy_with_logits(target, logits, weights)
    return tensorflow.reduce_sum(entropy * there) / tensorflow.maximum(tensorflow.reduce_sum(there), 1.0)


def answer_entropy(answers: Any, logits: Any) -> Any:
    """Mean cross entropy with another network's answers at temperature 2 (Hinton, Vinyals, Dean 2015).

    Its gradient is about as large as that of labels, whatever the temperature.

    Parameters
    ----------
    answers, logits : (n, K) float32 tensor
        Logits of the other network, and of the one that learns.
    """
    tensorflow = import_tensorflow()
    entropy = tensorflow.nn.sigmoid_cross_entropy_with_logits(
        tensorflow.sigmoid(answers / _TEMPERATURE), logits / _TEMPERATURE
    )
    return _TEMPERATURE**2 * tensorflow.reduce_mean(entropy)


def masked_loss(
    labels: NDArray[np.int8], logits: NDArray[np.floating[Any]], weights: NDArray[np.float32]
) -> float:
    """`masked_entropy` of plain arrays; 0 where every label is missing.

    Parameters
    ----------
    labels : (n, K) int8
    logits : (n, K) float
    weights : (K,) float32
    """
    return float(masked_entropy(labels.astype(np.float32), logits.astype(np.float32), weights))


def label_weights(labels: NDArray[np.int8]) -> NDArray[np.float32]:
    """Root of absent over present per Action Unit, 1 to 3: balances labels without inventing any.

    Parameters
    ----------
    labels : (n, K) int8

    Returns
    -------
    (K,) float32
    """
    present = np.maximum((labels == 1).sum(axis=0), 1)
    weights = np.clip(np.sqrt((labels == 0).sum(axis=0) / present), 1, _MOST_WEIGHT)
    return np.asarray(weights, np.float32)
