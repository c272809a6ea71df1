"""Section 3.5 of the paper as plain loops over pixels, with exact fractions."""

from fractions import Fraction

import numpy as np


def top_x_mask(relevance, x):
    """Take pixels in order of falling relevance until their sum reaches x percent of the positive mass."""
    positive = [(Fraction(float(value)), place) for place, value in np.ndenumerate(relevance) if value > 0]
    mass = sum(value for value, _ in positive)
    mask = np.zeros(relevance.shape, bool)
    reached = Fraction(0)
    for value, place in sorted(positive, key=lambda pixel: (-pixel[0], pixel[1])):
        if reached >= Fraction(float(np.float32(x))) / 100 * mass:
            break
        mask[place] = True
        reached += value
    return mask


def sum_pool(relevance, size):
    """Share every pixel out over the cells that it overlaps, by area."""
    height, width = relevance.shape
    pooled = [[Fraction(0)] * size for _ in range(size)]
    for (row, column), value in np.ndenumerate(relevance):
        for cell_row in range(size):
            for cell_column in range(size):
                share = overlap(row, cell_row, height, size) * overlap(column, cell_column, width, size)
                pooled[cell_row][cell_column] += Fraction(float(value)) * share
    return np.array([[float(value) for value in line] for line in pooled])


def overlap(pixel, cell, length, size):
    """Part of a pixel's side that lies in a cell."""
    left = max(Fraction(pixel), Fraction(cell * length, size))
    right = min(Fraction(pixel + 1), Fraction((cell + 1) * length, size))
    return max(Fraction(0), right - left)


def prototypes(maps, labels, count):
    """Mean of a cluster's maps, each divided by its own largest absolute value."""
    result = []
    for cluster in range(count):
        members = [relevance for relevance, label in zip(maps, labels, strict=True) if label == cluster]
        total = np.zeros(maps[0].shape)
        for relevance in members:
            peak = max(abs(float(value)) for value in relevance.ravel())
            if peak > 0:
                total = total + relevance.astype(float) / peak
        result.append(total / len(members))
    return np.array(result)
