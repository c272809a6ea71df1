"""The actions of the window, in the order of its menus."""

from tpviewer.ui.action_spec import ActionSpec
from tpviewer.ui.file_specs import EXPORT_SPECS, FOLDER_SPECS
from tpviewer.ui.language import mark
from tpviewer.ui.review_specs import REVIEW_SPECS

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "open", "File", mark("Open …"), mark("Open a video, an image or a session"), ("Ctrl+O",), "open"
    ),
    ActionSpec(
        "open_folder",
        "File",
        mark("Open image folder …"),
        mark("Open a folder of images as a video"),
        ("Ctrl+Shift+O",),
    ),
    ActionSpec(
        "camera",
        "File",
        mark("Camera …"),
        mark("Look at a camera with live bars, and record"),
        ("Ctrl+K",),
        "camera",
    ),
    ActionSpec(
        "sample",
        "File",
        mark("Open the sample"),
        mark("Open the bundled sample video and analyse it"),
        (),
        "sample",
    ),
    *FOLDER_SPECS,
    ActionSpec("close", "File", mark("Close"), mark("Close the video; everything is kept"), ("Ctrl+W",)),
    *EXPORT_SPECS,
    ActionSpec(
        "settings",
        "File",
        mark("Settings …"),
        mark("Theme, size of type, model, privacy"),
        ("Ctrl+,",),
        "settings",
    ),
    ActionSpec(
        "quit",
        "File",
        mark("Quit"),
        mark("Close the window; a running analysis keeps what is done"),
        ("Ctrl+Q",),
    ),
    ActionSpec("undo", "Edit", mark("Undo"), mark("Take your last change back"), ("Ctrl+Z",), "undo"),
    ActionSpec(
        "redo",
        "Edit",
        mark("Redo"),
        mark("Make the change again that was taken back"),
        ("Ctrl+Shift+Z",),
        "redo",
    ),
    ActionSpec(
        "copy",
        "Edit",
        mark("Copy notation"),
        mark("Copy the temporal prototype in the paper's notation"),
        ("Ctrl+C",),
    ),
    ActionSpec("play", "Play", mark("Play / pause"), mark("Play or pause the video"), ("Space",), "play"),
    ActionSpec("back", "Play", mark("One frame back"), mark("Go one frame back"), ("Left",), "back"),
    ActionSpec(
        "forward", "Play", mark("One frame forward"), mark("Go one frame forward"), ("Right",), "forward"
    ),
    ActionSpec(
        "previous_stage", "Play", mark("Previous stage"), mark("Go to the stage before"), ("Shift+Left",)
    ),
    ActionSpec("next_stage", "Play", mark("Next stage"), mark("Go to the next stage"), ("Shift+Right",)),
    ActionSpec("first", "Play", mark("First frame"), mark("Go to the first frame"), ("Home",), "first"),
    ActionSpec("last", "Play", mark("Last frame"), mark("Go to the last frame"), ("End",), "last"),
    ActionSpec(
        "loop", "Play", mark("Loop stage"), mark("Play this stage again and again"), ("L",), "loop", True
    ),
    ActionSpec("slower", "Play", mark("Slower"), mark("Play at the next lower speed"), ("Ctrl+Left",)),
    ActionSpec("faster", "Play", mark("Faster"), mark("Play at the next higher speed"), ("Ctrl+Right",)),
    ActionSpec(
        "previous_au", "View", mark("Previous Action Unit"), mark("Choose the Action Unit above"), ("Up",)
    ),
    ActionSpec("next_au", "View", mark("Next Action Unit"), mark("Choose the Action Unit below"), ("Down",)),
    ActionSpec("less_x", "View", mark("Less relevance"), mark("Lower X of the Top-X overlay"), (",",)),
    ActionSpec("more_x", "View", mark("More relevance"), mark("Raise X of the Top-X overlay"), (".",)),
    ActionSpec(
        "top_all", "View", mark("Top-X of all active Action Units"), mark("Each in its colour"), ("T",)
    ),
    ActionSpec(
        "top_one", "View", mark("Top-X of the chosen Action Unit"), mark("Only the chosen one"), ("Shift+T",)
    ),
    ActionSpec(
        "signed",
        "View",
        mark("Signed map"),
        mark("Evidence for (red) and against (blue) the chosen one"),
        ("S",),
    ),
    ActionSpec(
        "prototype",
        "View",
        mark("Cluster prototype"),
        mark("The look's mean map, not the frame's own"),
        ("P",),
        "",
        True,
    ),
    ActionSpec(
        "relevance", "View", mark("Relevance"), mark("Draw relevance over the frame"), ("R",), "", True
    ),
    ActionSpec(
        "face_box", "View", mark("Face box"), mark("Draw the box of the analysed face"), ("B",), "", True
    ),
    ActionSpec(
        "mesh", "View", mark("Face mesh"), mark("Draw the points of the face mesh"), ("Shift+M",), "", True
    ),
    ActionSpec("labels", "View", mark("Labels"), mark("Draw labels over the frame"), ("Shift+L",), "", True),
    ActionSpec(
        "compare",
        "View",
        mark("Paper and steady side by side"),
        mark("Both profiles as strips"),
        ("C",),
        "",
        True,
    ),
    ActionSpec(
        "active_only",
        "View",
        mark("Only active lanes"),
        mark("Hide lanes without any activity"),
        ("A",),
        "",
        True,
    ),
    ActionSpec(
        "zoom_in",
        "View",
        mark("Zoom time in"),
        mark("Show a shorter part of the video"),
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
    ),
    ActionSpec(
        "zoom_out",
        "View",
        mark("Zoom time out"),
        mark("Show a longer part of the video"),
        ("Ctrl+-",),
        "zoom-out",
    ),
    ActionSpec("zoom_all", "View", mark("Whole video"), mark("Show all of the time axis"), ("Ctrl+0",)),
    ActionSpec(
        "fit_frame", "View", mark("Fit the frame"), mark("Show the whole frame in the player"), ("F",)
    ),
    ActionSpec(
        "theme",
        "View",
        mark("Dark / light"),
        mark("Change between the dark and the light theme"),
        ("Ctrl+D",),
        "moon",
    ),
    ActionSpec(
        "analyse", "Analysis", mark("Analyse"), mark("Analyse the video, or go on"), ("Ctrl+R",), "analyse"
    ),
    ActionSpec(
        "stop", "Analysis", mark("Stop"), mark("Stop the analysis; what is done is kept"), ("Ctrl+.",), "stop"
    ),
    ActionSpec(
        "setup",
        "Analysis",
        mark("Action Units, thresholds …"),
        mark("Choose which take part, and from where"),
        ("Ctrl+T",),
    ),
    ActionSpec("face", "Analysis", mark("Face …"), mark("Choose the face to analyse"), ("Ctrl+F",), "face"),
    ActionSpec(
        "mark_neutral",
        "Analysis",
        mark("Mark this stage as the neutral face"),
        mark("Compare all frames with this stage; Shift and drag on the time axis marks any stretch"),
    ),
    ActionSpec(
        "clear_neutral",
        "Analysis",
        mark("Clear the neutral face"),
        mark("Let the program look for calm frames itself"),
    ),
    ActionSpec(
        "why_not",
        "Analysis",
        mark("Why not?"),
        mark("Ask why the chosen Action Unit is not seen here"),
        ("W",),
    ),
    *REVIEW_SPECS,
    ActionSpec("manual", "Help", mark("Manual"), mark("Tour, window, review, method, files, limits")),
    ActionSpec("shortcuts", "Help", mark("Shortcuts"), mark("All keys of the window"), ("F1",), "help"),
    ActionSpec(
        "how_to_read", "Help", mark("How to read this"), mark("The paper's terms in short"), ("Shift+F1",)
    ),
    ActionSpec("about", "Help", mark("About TPViewer"), mark("Version, licences and credits")),
)

MENUS = (
    mark("File"),
    mark("Export"),
    mark("Edit"),
    mark("Play"),
    mark("View"),
    mark("Analysis"),
    mark("Review"),
    mark("Help"),
)
