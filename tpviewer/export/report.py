"""One PDF of a session: what was found, how, what reviewers say of it, and what it must not be used for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages

from tpviewer.export import report_curves, report_figure, report_review, report_text
from tpviewer.export.carried import carried_text
from tpviewer.export.figure import quieten
from tpviewer.export.progress import Exporting, ExportProgress
from tpviewer.export.provenance import exported
from tpviewer.export.report_told import Told
from tpviewer.export.sheets import Sheets
from tpviewer.export.summary import summary
from tpviewer.export.tile_grid import STYLE
from tpviewer.media.video_writer import complete_file
from tpviewer.store.session import Session

PARTS = (
    report_text.write_title,
    report_figure.write_prototype,
    report_curves.write_curves,
    report_text.write_stages,
    report_figure.write_looks,
    report_review.write_review,
    report_text.write_provenance,
)
"""Parts of the report in order."""


def write_report(
    session: Session,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
    deidentified: bool = False,
) -> Exporting:
    """Write the report of a session; the file appears when it is complete.

    Parameters
    ----------
    session : Session
    path : Path
        ``.pdf``.
    profile : str, optional
        Name of the results; by default those that the window shows.
    video : Path, optional
        Where the video lies now, if it was moved.
    top_x : float
        Percent of the positive relevance that is drawn.
    deidentified : bool
        A drawing in place of the person's face, no name of the video, of reviewers, no day: the video is not
        even opened.

    Yields
    ------
    ExportProgress
        After each part.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    MediaError
        If the video cannot be found, or the file cannot be written.
    """
    profile = exported(session, profile)
    quieten()
    told = Told(session, profile, video, top_x, deidentified, summary(session, profile))
    with complete_file(path) as part, _document(part, told) as sheets:
        for done, write in enumerate(PARTS, start=1):
            with rc_context(STYLE):
                write(sheets, told)
            yield ExportProgress(done, len(PARTS))
        with rc_context(STYLE):
            sheets.finish()


@contextmanager
def _document(path: Path, told: Told) -> Iterator[Sheets]:
    """An open PDF; type is embedded when it is closed, by the settings that hold then."""
    carried = carried_text(told.session, told.profile, told.top_x, told.deidentified)
    about = {"CreationDate": None, "Title": f"Temporal prototype of {told.name}", "Subject": carried}
    program = told.summary["provenance"]["program"]
    pdf = PdfPages(path, metadata=about)
    try:
        yield Sheets(pdf.savefig, f"{told.name} · {program} · for research, no diagnosis")
    finally:
        with rc_context(STYLE):
            pdf.close()  # type: ignore[no-untyped-call]
