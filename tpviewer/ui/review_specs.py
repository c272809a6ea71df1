"""The actions of a reviewer."""

from tpviewer.ui.action_spec import ActionSpec
from tpviewer.ui.language import mark

REVIEW_SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "accept",
        "Review",
        mark("Present"),
        mark("The chosen Action Unit is present; all of the stage without one"),
        ("Return", "Enter"),
    ),
    ActionSpec("reject", "Review", mark("Absent"), mark("The chosen Action Unit is absent"), ("Backspace",)),
    ActionSpec("unsure", "Review", mark("Unsure"), mark("Neither present nor absent with certainty"), ("U",)),
    ActionSpec(
        "not_scorable",
        "Review",
        mark("Not scorable"),
        mark("It cannot be judged; again for the next reason"),
        ("X",),
    ),
    ActionSpec("intensity_1", "Review", mark("Intensity a"), mark("Trace"), ("1",)),
    ActionSpec("intensity_2", "Review", mark("Intensity b"), mark("Slight"), ("2",)),
    ActionSpec("intensity_3", "Review", mark("Intensity c"), mark("Marked or pronounced"), ("3",)),
    ActionSpec("intensity_4", "Review", mark("Intensity d"), mark("Severe or extreme"), ("4",)),
    ActionSpec("intensity_5", "Review", mark("Intensity e"), mark("Maximum"), ("5",)),
    ActionSpec("intensity_0", "Review", mark("No intensity"), mark("Take the intensity away"), ("0",)),
    ActionSpec(
        "side", "Review", mark("Next side"), mark("Both sides, left, right, asymmetric, not given"), ("V",)
    ),
    ActionSpec("note", "Review", mark("Note …"), mark("Write a note to the judgement"), ("N",)),
    ActionSpec(
        "add_au", "Review", mark("Add Action Unit …"), mark("Judge one that the machine missed"), ("E",)
    ),
    ActionSpec(
        "speech", "Review", mark("Speech"), mark("Mark this stage as speech, or take that back"), ("H",)
    ),
    ActionSpec(
        "face_out",
        "Review",
        mark("Face not scorable"),
        mark("Nothing can be judged in this stage"),
        ("Shift+H",),
    ),
    ActionSpec(
        "remove_judgement", "Review", mark("Remove judgement"), mark("Remove the chosen judgement"), ("Del",)
    ),
    ActionSpec(
        "accept_stage",
        "Review",
        mark("Accept stage"),
        mark("All that is not judged yet is present as the machine says; go to the next in doubt"),
        ("Shift+Return", "Shift+Enter"),
    ),
    ActionSpec(
        "done_stage",
        "Review",
        mark("Only looked through"),
        mark("Judge no more here; go to the next in doubt"),
        ("D",),
    ),
    ActionSpec(
        "next_doubt", "Review", mark("Next in doubt"), mark("Go to the next stage to look through"), ("J",)
    ),
    ActionSpec(
        "previous_doubt", "Review", mark("Previous in doubt"), mark("Go to the stage before it"), ("K",)
    ),
    ActionSpec(
        "interval_start", "Review", mark("Start here"), mark("An interval starts at this frame"), ("I",)
    ),
    ActionSpec(
        "interval_stop", "Review", mark("Stop here"), mark("The interval stops with this frame"), ("O",)
    ),
    ActionSpec(
        "apex_start", "Review", mark("Apex starts here"), mark("Before it lies the onset"), ("Shift+I",)
    ),
    ActionSpec(
        "apex_stop", "Review", mark("Apex stops here"), mark("After it comes the offset"), ("Shift+O",)
    ),
    ActionSpec(
        "reviewed",
        "Review",
        mark("Reviewed prototype"),
        mark("Stages after review below the machine's, with marks where they differ"),
        (),
        "",
        True,
    ),
    ActionSpec(
        "hide_machine",
        "Review",
        mark("Hide the machine until I commit"),
        mark("Blind coding: nothing that the machine says is shown"),
        (),
        "",
        True,
    ),
    ActionSpec("commit", "Review", mark("Commit …"), mark("End blind coding and show the machine")),
    ActionSpec(
        "import_annotations",
        "Review",
        mark("Import annotations …"),
        mark("Judgements from OpenFace, py-feat, ELAN or BORIS, as another reviewer"),
    ),
    ActionSpec(
        "agreement",
        "Review",
        mark("Agreement …"),
        mark("How far reviewers, the machine and files of other programs agree, for each Action Unit"),
    ),
)
