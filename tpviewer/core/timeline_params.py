"""Parameters of the way from logits to stages: method, section 6."""

from dataclasses import dataclass

from tpviewer.core.errors import ParameterError


@dataclass(frozen=True)
class TimelineParams:
    """Parameters of a profile's timeline; times in seconds, levels as probabilities.

    Attributes
    ----------
    steady_rules : bool
        False is the *paper* profile: decisions are taken as they are, and a frame without a face is NONE.
    sigma_s : float
        Gaussian on the logits.
    hysteresis : float
        On at the threshold plus this, off at the threshold minus this.
    fill_gap_s, min_event_s : float
        Shorter gaps are filled, then shorter events dropped.
    letter_mode_s : float
        Window of the mode filter on letters.
    min_stage_s : float
        Shorter stages are absorbed.
    unseen_bridge_s : float
        Shorter gaps without a face are bridged.
    blink_on, blink_off, blink_min_s : float
        Levels and shortest duration of AU45, which is not smoothed.
    closure_s : float
        Eyes closed for this long are AU43.
    """

    steady_rules: bool = True
    sigma_s: float = 0.10
    hysteresis: float = 0.10
    fill_gap_s: float = 0.20
    min_event_s: float = 0.10
    letter_mode_s: float = 0.40
    min_stage_s: float = 0.15
    unseen_bridge_s: float = 0.20
    blink_on: float = 0.75
    blink_off: float = 0.50
    blink_min_s: float = 0.06
    closure_s: float = 0.50

    def __post_init__(self) -> None:
        named = {name: value for name, value in vars(self).items() if name != "steady_rules"}
        for name, value in named.items():
            if not 0 <= value < float("inf"):
                raise ParameterError(f"{name} of the timeline is {value}; give 0 or more")
        if not self.blink_off <= self.blink_on <= 1:
            raise ParameterError("blink_on must be a probability not under blink_off")

    @classmethod
    def paper(cls) -> "TimelineParams":
        """The paper's text and nothing else (section 3.4)."""
        return cls(
            steady_rules=False,
            sigma_s=0,
            hysteresis=0,
            fill_gap_s=0,
            min_event_s=0,
            letter_mode_s=0,
            min_stage_s=0,
            unseen_bridge_s=0,
        )

    @classmethod
    def steady(cls) -> "TimelineParams":
        """Rules against a probability that flickers about its threshold."""
        return cls()
