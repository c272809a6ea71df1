import re

import numpy as np
import pytest

from tpviewer.core.action_units import ACTION_UNITS, REGIONS, action_unit, au_label, au_number, facial_order
from tpviewer.core.errors import ParameterError
from tpviewer.core.palette import colour, distinct_hues, fixed_hue


def rgb(text):
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)])


def test_labels_are_zero_padded():
    assert (au_label(1), au_number("AU01"), au_number("AU45")) == ("AU01", 1, 45)


@pytest.mark.parametrize("label", ["AU", "AU00", "AU123", "au01", "AU1x", "1"])
def test_what_is_no_label_is_refused(label):
    with pytest.raises(ParameterError, match="Action Unit label"):
        au_number(label)


@pytest.mark.parametrize("number", [0, -1, 100])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ParameterError, match="1 to 99"):
        au_label(number)


def test_an_unknown_unit_is_refused_with_the_known_ones():
    with pytest.raises(ParameterError, match="AU01"):
        action_unit("AU03")


def test_units_have_one_entry_each_and_go_down_the_face():
    assert len({unit.number for unit in ACTION_UNITS}) == len(ACTION_UNITS)
    ranks = [REGIONS.index(unit.region) for unit in ACTION_UNITS]
    assert ranks == sorted(ranks)


def test_facial_order_goes_from_brow_to_jaw():
    assert facial_order(("AU26", "AU99", "AU12", "AU45", "AU01")) == ("AU01", "AU45", "AU12", "AU26", "AU99")


@pytest.mark.parametrize("unit", ACTION_UNITS)
def test_every_unit_has_colours_for_eight_clusters(unit):
    shades = [colour(unit.label, index) for index in range(8)]
    assert len(set(shades)) == 8
    assert all(re.fullmatch("#[0-9a-f]{6}", shade) for shade in shades)


def test_more_clusters_than_shades_begin_again():
    assert colour("AU12", 8) == colour("AU12", 0)


def test_neighbouring_clusters_differ_clearly():
    shades = [rgb(colour("AU12", index)).mean() for index in range(8)]
    assert np.abs(np.diff(shades)).min() > 20


@pytest.mark.parametrize("count", [2, 4, 6, 8])
def test_units_active_together_look_different(count):
    aus = [unit.label for unit in ACTION_UNITS[:count]]
    hues = distinct_hues(aus)
    shades = [rgb(colour(au, 0, hues)) for au in aus]
    assert min(np.linalg.norm(a - b) for i, a in enumerate(shades) for b in shades[:i]) > 45


def test_hues_of_a_set_do_not_depend_on_its_order():
    assert distinct_hues(["AU12", "AU01", "AU01"]) == distinct_hues(["AU01", "AU12"])


def test_the_units_seen_most_have_hues_of_their_own():
    common = ["AU01", "AU02", "AU04", "AU06", "AU07", "AU09", "AU12", "AU15", "AU25", "AU26", "AU45"]
    assert len({fixed_hue(au) for au in common}) == len(common)
