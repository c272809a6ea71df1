"""Every action of the window: its text, its keys, and what it does; menus and Help are made from these."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from tpviewer.ui.icons import icon


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    name : str
        Its name in code.
    menu : str
        Name of its menu.
    text, tip : str
        What the menu says, and what it does in one sentence.
    keys : tuple of str
        None needs AltGr on a German keyboard.
    picture : str
        Name of an icon; empty for none.
    checkable : bool
    """

    name: str
    menu: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    picture: str = ""
    checkable: bool = False


FOLDER_SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "queue_files",
        "File",
        "Add to the queue …",
        "Analyse videos one after the other; what you analyse by hand goes first",
        ("Ctrl+Shift+A",),
    ),
    ActionSpec("queue_folder", "File", "Add a folder to the queue …", "All videos of a folder"),
    ActionSpec("session_folder", "File", "List the sessions of a folder …", "All sessions below a folder"),
    ActionSpec(
        "patient",
        "File",
        "Pseudonym and consent …",
        "Show and export this session under a pseudonym, and note what the patient agreed to",
    ),
    ActionSpec(
        "delete_session", "File", "Delete session …", "Delete results, crops and maps; the video stays"
    ),
)
"""Many videos, and whose they are."""

REVIEW_SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "accept",
        "Review",
        "Present",
        "The chosen Action Unit is present; all of the stage without one",
        ("Return", "Enter"),
    ),
    ActionSpec("reject", "Review", "Absent", "The chosen Action Unit is absent", ("Backspace",)),
    ActionSpec("unsure", "Review", "Unsure", "Neither present nor absent with certainty", ("U",)),
    ActionSpec(
        "not_scorable", "Review", "Not scorable", "It cannot be judged; again for the next reason", ("X",)
    ),
    ActionSpec("intensity_1", "Review", "Intensity a", "Trace", ("1",)),
    ActionSpec("intensity_2", "Review", "Intensity b", "Slight", ("2",)),
    ActionSpec("intensity_3", "Review", "Intensity c", "Marked or pronounced", ("3",)),
    ActionSpec("intensity_4", "Review", "Intensity d", "Severe or extreme", ("4",)),
    ActionSpec("intensity_5", "Review", "Intensity e", "Maximum", ("5",)),
    ActionSpec("intensity_0", "Review", "No intensity", "Take the intensity away", ("0",)),
    ActionSpec("side", "Review", "Next side", "Both sides, left, right, asymmetric, not given", ("V",)),
    ActionSpec("note", "Review", "Note …", "Write a note to the judgement", ("N",)),
    ActionSpec("add_au", "Review", "Add Action Unit …", "Judge one that the machine missed", ("E",)),
    ActionSpec("speech", "Review", "Speech", "Mark this stage as speech, or take that back", ("H",)),
    ActionSpec(
        "face_out", "Review", "Face not scorable", "Nothing can be judged in this stage", ("Shift+H",)
    ),
    ActionSpec("remove_judgement", "Review", "Remove judgement", "Remove the chosen judgement", ("Del",)),
    ActionSpec(
        "accept_stage",
        "Review",
        "Accept stage",
        "All that is not judged yet is present as the machine says; go to the next in doubt",
        ("Shift+Return", "Shift+Enter"),
    ),
    ActionSpec(
        "done_stage", "Review", "Only looked through", "Judge no more here; go to the next in doubt", ("D",)
    ),
    ActionSpec("next_doubt", "Review", "Next in doubt", "Go to the next stage to look through", ("J",)),
    ActionSpec("previous_doubt", "Review", "Previous in doubt", "Go to the stage before it", ("K",)),
    ActionSpec("interval_start", "Review", "Start here", "An interval starts at this frame", ("I",)),
    ActionSpec("interval_stop", "Review", "Stop here", "The interval stops with this frame", ("O",)),
    ActionSpec("apex_start", "Review", "Apex starts here", "Before it lies the onset", ("Shift+I",)),
    ActionSpec("apex_stop", "Review", "Apex stops here", "After it comes the offset", ("Shift+O",)),
    ActionSpec(
        "reviewed",
        "Review",
        "Reviewed prototype",
        "Stages after review below the machine's, with marks where they differ",
        (),
        "",
        True,
    ),
    ActionSpec(
        "hide_machine",
        "Review",
        "Hide the machine until I commit",
        "Blind coding: nothing that the machine says is shown",
        (),
        "",
        True,
    ),
    ActionSpec("commit", "Review", "Commit …", "End blind coding and show the machine"),
    ActionSpec(
        "import_annotations",
        "Review",
        "Import annotations …",
        "Judgements from OpenFace, py-feat, ELAN or BORIS, as another reviewer",
    ),
    ActionSpec(
        "agreement",
        "Review",
        "Agreement …",
        "How far reviewers, the machine and files of other programs agree, for each Action Unit",
    ),
)
"""What a reviewer does."""

EXPORT_SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("export_figure", "Export", "Figure …", "Temporal prototype as PDF, SVG or PNG", ("Ctrl+E",)),
    ActionSpec("export_video", "Export", "Overlay video …", "The video with relevance and captions, as MP4"),
    ActionSpec("export_report", "Export", "Report …", "All results, their review and how they came, as PDF"),
    ActionSpec(
        "export_figure_deidentified",
        "Export",
        "De-identified figure …",
        "Temporal prototype on a drawing of a face, without the name of the video",
    ),
    ActionSpec(
        "export_video_deidentified",
        "Export",
        "De-identified video …",
        "Relevance on a drawing of a face, without name and sound",
    ),
    ActionSpec(
        "export_report_deidentified",
        "Export",
        "De-identified report …",
        "All results with drawings of a face, without names and days",
    ),
    ActionSpec("export_csv", "Export", "Tables …", "One row a frame, and one row a stage, as CSV"),
    ActionSpec("export_json", "Export", "JSON …", "Everything that is shown, as JSON"),
    ActionSpec("export_fex", "Export", "py-feat table …", "Probabilities, one row a frame, as CSV"),
    ActionSpec("export_eaf", "Export", "ELAN …", "Looks, stages and judgements as tiers"),
    ActionSpec("export_boris", "Export", "BORIS events …", "Looks and judgements, one row an event, as CSV"),
    ActionSpec("export_nova", "Export", "NOVA …", "Looks, probabilities and stages as annotations"),
    ActionSpec("export_virelay", "Export", "ViRelAy project …", "Faces, relevance maps and clusters as HDF5"),
)
"""What is taken away; a submenu of File."""

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "File", "Open …", "Open a video, an image or a session", ("Ctrl+O",), "open"),
    ActionSpec(
        "open_folder", "File", "Open image folder …", "Open a folder of images as a video", ("Ctrl+Shift+O",)
    ),
    ActionSpec(
        "camera", "File", "Camera …", "Look at a camera with live bars, and record", ("Ctrl+K",), "camera"
    ),
    ActionSpec(
        "sample", "File", "Open the sample", "Open the bundled sample video and analyse it", (), "sample"
    ),
    *FOLDER_SPECS,
    ActionSpec("close", "File", "Close", "Close the video; everything is kept", ("Ctrl+W",)),
    *EXPORT_SPECS,
    ActionSpec(
        "settings", "File", "Settings …", "Theme, size of type, model, privacy", ("Ctrl+,",), "settings"
    ),
    ActionSpec(
        "quit", "File", "Quit", "Close the window; a running analysis keeps what is done", ("Ctrl+Q",)
    ),
    ActionSpec("undo", "Edit", "Undo", "Take your last change back", ("Ctrl+Z",), "undo"),
    ActionSpec(
        "redo", "Edit", "Redo", "Make the change again that was taken back", ("Ctrl+Shift+Z",), "redo"
    ),
    ActionSpec(
        "copy", "Edit", "Copy notation", "Copy the temporal prototype in the paper's notation", ("Ctrl+C",)
    ),
    ActionSpec("play", "Play", "Play / pause", "Play or pause the video", ("Space",), "play"),
    ActionSpec("back", "Play", "One frame back", "Go one frame back", ("Left",), "back"),
    ActionSpec("forward", "Play", "One frame forward", "Go one frame forward", ("Right",), "forward"),
    ActionSpec("previous_stage", "Play", "Previous stage", "Go to the stage before", ("Shift+Left",)),
    ActionSpec("next_stage", "Play", "Next stage", "Go to the next stage", ("Shift+Right",)),
    ActionSpec("first", "Play", "First frame", "Go to the first frame", ("Home",), "first"),
    ActionSpec("last", "Play", "Last frame", "Go to the last frame", ("End",), "last"),
    ActionSpec("loop", "Play", "Loop stage", "Play this stage again and again", ("L",), "loop", True),
    ActionSpec("slower", "Play", "Slower", "Play at the next lower speed", ("Ctrl+Left",)),
    ActionSpec("faster", "Play", "Faster", "Play at the next higher speed", ("Ctrl+Right",)),
    ActionSpec("previous_au", "View", "Previous Action Unit", "Choose the Action Unit above", ("Up",)),
    ActionSpec("next_au", "View", "Next Action Unit", "Choose the Action Unit below", ("Down",)),
    ActionSpec("less_x", "View", "Less relevance", "Lower X of the Top-X overlay", (",",)),
    ActionSpec("more_x", "View", "More relevance", "Raise X of the Top-X overlay", (".",)),
    ActionSpec("top_all", "View", "Top-X of all active Action Units", "Each in its colour", ("T",)),
    ActionSpec("top_one", "View", "Top-X of the chosen Action Unit", "Only the chosen one", ("Shift+T",)),
    ActionSpec(
        "signed", "View", "Signed map", "Evidence for (red) and against (blue) the chosen one", ("S",)
    ),
    ActionSpec(
        "prototype", "View", "Cluster prototype", "The look's mean map, not the frame's own", ("P",), "", True
    ),
    ActionSpec("relevance", "View", "Relevance", "Draw relevance over the frame", ("R",), "", True),
    ActionSpec("face_box", "View", "Face box", "Draw the box of the analysed face", ("B",), "", True),
    ActionSpec("mesh", "View", "Face mesh", "Draw the points of the face mesh", ("Shift+M",), "", True),
    ActionSpec("labels", "View", "Labels", "Draw labels over the frame", ("Shift+L",), "", True),
    ActionSpec(
        "compare", "View", "Paper and steady side by side", "Both profiles as strips", ("C",), "", True
    ),
    ActionSpec(
        "active_only", "View", "Only active lanes", "Hide lanes without any activity", ("A",), "", True
    ),
    ActionSpec(
        "zoom_in", "View", "Zoom time in", "Show a shorter part of the video", ("Ctrl++", "Ctrl+="), "zoom-in"
    ),
    ActionSpec(
        "zoom_out", "View", "Zoom time out", "Show a longer part of the video", ("Ctrl+-",), "zoom-out"
    ),
    ActionSpec("zoom_all", "View", "Whole video", "Show all of the time axis", ("Ctrl+0",)),
    ActionSpec("fit_frame", "View", "Fit the frame", "Show the whole frame in the player", ("F",)),
    ActionSpec(
        "theme", "View", "Dark / light", "Change between the dark and the light theme", ("Ctrl+D",), "moon"
    ),
    ActionSpec("analyse", "Analysis", "Analyse", "Analyse the video, or go on", ("Ctrl+R",), "analyse"),
    ActionSpec("stop", "Analysis", "Stop", "Stop the analysis; what is done is kept", ("Ctrl+.",), "stop"),
    ActionSpec(
        "setup",
        "Analysis",
        "Action Units, thresholds …",
        "Choose which take part, and from where",
        ("Ctrl+T",),
    ),
    ActionSpec("face", "Analysis", "Face …", "Choose the face to analyse", ("Ctrl+F",), "face"),
    ActionSpec(
        "mark_neutral",
        "Analysis",
        "Mark this stage as the neutral face",
        "Compare all frames with this stage; Shift and drag on the time axis marks any stretch",
    ),
    ActionSpec(
        "clear_neutral", "Analysis", "Clear the neutral face", "Let the program look for calm frames itself"
    ),
    ActionSpec("why_not", "Analysis", "Why not?", "Ask why the chosen Action Unit is not seen here", ("W",)),
    *REVIEW_SPECS,
    ActionSpec("shortcuts", "Help", "Shortcuts", "All keys of the window", ("F1",), "help"),
    ActionSpec("how_to_read", "Help", "How to read this", "The paper's terms in short", ("Shift+F1",)),
    ActionSpec("about", "Help", "About TPViewer", "Version, licences and credits"),
)

MENUS = ("File", "Export", "Edit", "Play", "View", "Analysis", "Review", "Help")


class Actions(QObject):
    """All actions by name; an icon follows the theme after `refresh_icons`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._made = {spec.name: self._make(spec) for spec in SPECS}
        self.refresh_icons()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._made.values())

    def of_menu(self, menu: str) -> list[QAction]:
        """Actions of one menu, in order."""
        return [self._made[spec.name] for spec in SPECS if spec.menu == menu]

    def refresh_icons(self) -> None:
        """Draw all icons in the theme's colours."""
        for spec in SPECS:
            if spec.picture:
                self._made[spec.name].setIcon(icon(spec.picture))

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(tr_action(spec.text), self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        action.setStatusTip(tr_action(spec.tip))
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        action.setToolTip(tr_action(spec.tip) + (f" ({keys})" if keys else ""))
        return action


def tr_action(text: str) -> str:
    """Text of an action or menu in the language of the window."""
    return QCoreApplication.translate("Actions", text)
