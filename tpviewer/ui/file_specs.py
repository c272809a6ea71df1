"""The actions on many videos and patients, and on what is taken away."""

from tpviewer.ui.action_spec import ActionSpec
from tpviewer.ui.language import mark

FOLDER_SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "queue_files",
        "File",
        mark("Add to the queue …"),
        mark("Analyse videos one after the other; what you analyse by hand goes first"),
        ("Ctrl+Shift+A",),
    ),
    ActionSpec("queue_folder", "File", mark("Add a folder to the queue …"), mark("All videos of a folder")),
    ActionSpec(
        "session_folder", "File", mark("List the sessions of a folder …"), mark("All sessions below a folder")
    ),
    ActionSpec(
        "library",
        "File",
        mark("Open folder as library …"),
        mark("Temporal prototypes of all sessions of a folder, and the patterns that they share"),
        ("Ctrl+L",),
    ),
    ActionSpec(
        "patient",
        "File",
        mark("Pseudonym and consent …"),
        mark("Show and export this session under a pseudonym, and note what the patient agreed to"),
    ),
    ActionSpec(
        "delete_session",
        "File",
        mark("Delete session …"),
        mark("Delete results, crops and maps; the video stays"),
    ),
)
"""Many videos, and whose they are."""

EXPORT_SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "export_figure",
        "Export",
        mark("Figure …"),
        mark("Temporal prototype as PDF, SVG or PNG"),
        ("Ctrl+E",),
    ),
    ActionSpec(
        "export_video",
        "Export",
        mark("Overlay video …"),
        mark("The video with relevance and captions, as MP4"),
    ),
    ActionSpec(
        "export_report",
        "Export",
        mark("Report …"),
        mark("All results, their review and how they came, as PDF"),
    ),
    ActionSpec(
        "export_figure_deidentified",
        "Export",
        mark("De-identified figure …"),
        mark("Temporal prototype on a drawing of a face, without the name of the video"),
    ),
    ActionSpec(
        "export_video_deidentified",
        "Export",
        mark("De-identified video …"),
        mark("Relevance on a drawing of a face, without name and sound"),
    ),
    ActionSpec(
        "export_report_deidentified",
        "Export",
        mark("De-identified report …"),
        mark("All results with drawings of a face, without names and days"),
    ),
    ActionSpec(
        "export_csv", "Export", mark("Tables …"), mark("One row a frame, and one row a stage, as CSV")
    ),
    ActionSpec("export_json", "Export", mark("JSON …"), mark("Everything that is shown, as JSON")),
    ActionSpec(
        "export_fex", "Export", mark("py-feat table …"), mark("Probabilities, one row a frame, as CSV")
    ),
    ActionSpec("export_eaf", "Export", mark("ELAN …"), mark("Looks, stages and judgements as tiers")),
    ActionSpec(
        "export_boris",
        "Export",
        mark("BORIS events …"),
        mark("Looks and judgements, one row an event, as CSV"),
    ),
    ActionSpec(
        "export_nova", "Export", mark("NOVA …"), mark("Looks, probabilities and stages as annotations")
    ),
    ActionSpec(
        "export_virelay",
        "Export",
        mark("ViRelAy project …"),
        mark("Faces, relevance maps and clusters as HDF5"),
    ),
)
"""What is taken away; a submenu of File."""
