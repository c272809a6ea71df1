"""What the program remembers of its user: a typed, checked view of one INI file."""

import getpass
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from platformdirs import user_config_dir
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from tpviewer.store.kept import KEEPS, Keep
from tpviewer.ui.language import LanguageChoice

ThemeChoice = Literal["system", "light", "dark"]
LEAST_SCALE, MOST_SCALE = 0.8, 1.6
"""Range of the size of type, as a factor."""

T = TypeVar("T")


class Settings(QObject):
    """Settings of one user, kept in ``settings.ini``.

    A value that makes no sense is replaced by its default and reported in `problems`, so that a damaged file
    never keeps the program from starting.

    Parameters
    ----------
    path : Path or None
        The file; None takes the one in the user's configuration folder.

    Signals
    -------
    changed(str)
        Name of the property that has another value now.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path or Path(user_config_dir("TPViewer", appauthor=False)) / "settings.ini"
        self._problems: dict[str, str] = {}
        self._file = QSettings(str(self.path), QSettings.Format.IniFormat)
        if self._file.status() is QSettings.Status.FormatError:
            told = self.tr("{0}: not readable as settings; defaults are used")
            self._problems["file"] = told.format(self.path)

    @property
    def problems(self) -> tuple[str, ...]:
        """What was wrong with values read so far, one sentence each."""
        return tuple(self._problems.values())

    def sync(self) -> bool:
        """Write to the file now; False if it cannot be written, which `problems` explains then."""
        self._file.sync()
        written = self._file.status() is QSettings.Status.NoError
        if not written:
            told = self.tr("{0}: settings cannot be saved; check that the folder may be written to")
            self._problems["file"] = told.format(self.path)
        return written

    @property
    def theme(self) -> ThemeChoice:
        """Theme of the window; ``system`` follows the desktop."""
        return self._read("theme", _one_of(get_args(ThemeChoice)), "system")

    @theme.setter
    def theme(self, value: ThemeChoice) -> None:
        self._write("theme", value)

    @property
    def language(self) -> LanguageChoice:
        """Language of the window from the next start on; ``system`` follows the desktop."""
        return self._read("language", _one_of(get_args(LanguageChoice)), "system")

    @language.setter
    def language(self, value: LanguageChoice) -> None:
        self._write("language", value)

    @property
    def text_scale(self) -> float:
        """Size of type as a factor, 0.8 to 1.6."""
        return self._read("text_scale", _between(LEAST_SCALE, MOST_SCALE), 1.0)

    @text_scale.setter
    def text_scale(self, value: float) -> None:
        self._write("text_scale", round(min(max(value, LEAST_SCALE), MOST_SCALE), 2))

    @property
    def model(self) -> Path | None:
        """Model package of the user's own; None is the bundled one."""
        return self._read("model", _path, None)

    @model.setter
    def model(self, value: Path | None) -> None:
        self._write("model", str(value) if value else "")

    @property
    def keep_crops(self) -> bool:
        """Store the aligned pictures of the face in the session."""
        return self._read("keep_crops", _switch, False)

    @keep_crops.setter
    def keep_crops(self, value: bool) -> None:
        self._write("keep_crops", value)

    @property
    def keep(self) -> Keep:
        """Which relevance maps sessions keep."""
        return self._read("keep", _one_of(KEEPS), "spread")

    @keep.setter
    def keep(self, value: Keep) -> None:
        self._write("keep", value)

    @property
    def analyse_on_open(self) -> bool:
        """Begin the analysis as soon as a video is opened."""
        return self._read("analyse_on_open", _switch, False)

    @analyse_on_open.setter
    def analyse_on_open(self, value: bool) -> None:
        self._write("analyse_on_open", value)

    @property
    def mute(self) -> bool:
        """Play without sound."""
        return self._read("mute", _switch, False)

    @mute.setter
    def mute(self, value: bool) -> None:
        self._write("mute", value)

    @property
    def letters_hint_read(self) -> bool:
        """The hint that letters are no intensities was read and put away."""
        return self._read("letters_hint_read", _switch, False)

    @letters_hint_read.setter
    def letters_hint_read(self, value: bool) -> None:
        self._write("letters_hint_read", value)

    @property
    def camera_mirrored(self) -> bool:
        """Show the camera's picture like a mirror; a recording never is one."""
        return self._read("camera_mirrored", _switch, True)

    @camera_mirrored.setter
    def camera_mirrored(self, value: bool) -> None:
        self._write("camera_mirrored", value)

    @property
    def recordings_folder(self) -> Path | None:
        """Where recordings of the camera go; None for the folder of videos."""
        return self._read("recordings_folder", _path, None)

    @recordings_folder.setter
    def recordings_folder(self, value: Path | None) -> None:
        self._write("recordings_folder", str(value) if value else "")

    @property
    def author(self) -> str:
        """Name that edits are signed with; the login name until another is given."""
        return self._read("author", _text, "") or _login_name()

    @author.setter
    def author(self, value: str) -> None:
        self._write("author", value.strip())

    @property
    def top_x(self) -> float:
        """Percent of the positive relevance that is shown when a video is opened, 1 to 100."""
        return self._read("top_x", _between(1.0, 100.0), 25.0)

    @top_x.setter
    def top_x(self, value: float) -> None:
        self._write("top_x", min(max(value, 1.0), 100.0))

    @property
    def last_folder(self) -> Path:
        """Where a file was opened last; the home folder when that is gone."""
        folder = self._read("last_folder", _path, None)
        return folder if folder and folder.is_dir() else Path.home()

    @last_folder.setter
    def last_folder(self, value: Path) -> None:
        self._write("last_folder", str(value))

    @property
    def recent(self) -> str:
        """List of recent files as `tpviewer.ui.recent.RecentFiles` writes it."""
        return self._read("recent", _text, "")

    @recent.setter
    def recent(self, value: str) -> None:
        self._write("recent", value)

    @property
    def session_folders(self) -> str:
        """Folders whose sessions are listed, as `tpviewer.ui.shelf.SessionShelf` writes them."""
        return self._read("session_folders", _text, "")

    @session_folders.setter
    def session_folders(self, value: str) -> None:
        self._write("session_folders", value)

    @property
    def faces_in_list(self) -> bool:
        """Show pictures of faces in the list of sessions."""
        return self._read("faces_in_list", _switch, True)

    @faces_in_list.setter
    def faces_in_list(self, value: bool) -> None:
        self._write("faces_in_list", value)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, from `QWidget.saveGeometry`; empty at first."""
        return self._read("geometry", _bytes, QByteArray())

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._write("geometry", value)

    @property
    def window_state(self) -> QByteArray:
        """Panels of the window, from `QMainWindow.saveState`; empty at first."""
        return self._read("window_state", _bytes, QByteArray())

    @window_state.setter
    def window_state(self, value: QByteArray) -> None:
        self._write("window_state", value)

    def report(self, name: str, problem: str) -> None:
        """Add a problem that was found in the value of a setting."""
        self._problems[name] = problem

    def _read(self, name: str, parse: Callable[[Any], T], default: T) -> T:
        value = self._file.value(name)
        if value is None:
            return default
        try:
            return parse(value)
        except (ValueError, TypeError):
            self.report(
                name,
                self.tr("{0}: '{1}' has a value that makes no sense; the default is used").format(
                    self.path, name
                ),
            )
            return default

    def _write(self, name: str, value: Any) -> None:
        before = getattr(self, name)
        self._problems.pop(name, None)
        self._file.setValue(name, value)
        if getattr(self, name) != before:
            self.changed.emit(name)


def _one_of(allowed: tuple[Any, ...]) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(value)
        return value

    return parse


def _between(least: float, most: float) -> Callable[[Any], float]:
    def parse(value: Any) -> float:
        number = float(value)
        if not math.isfinite(number) or not least <= number <= most:
            raise ValueError(value)
        return number

    return parse


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise ValueError(value)
    return bool(value == "true")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _path(value: Any) -> Path | None:
    return Path(_text(value)) if value else None


def _bytes(value: Any) -> QByteArray:
    if not isinstance(value, QByteArray):
        raise ValueError(value)
    return value


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user in the system's list
        return ""
