"""Whose session it is: a pseudonym, what the patient agreed to, and who wrote that when."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tpviewer.store.session import Session

PSEUDONYM, CONSENT, NOTES = "pseudonym", "consent", "patient_notes"
"""Keys in `Session.meta`."""


@dataclass(frozen=True)
class PatientNote:
    """Who changed what is known of the patient; earlier words are not kept, for they may name somebody.

    Attributes
    ----------
    made_at : str
        ISO 8601, UTC.
    author : str
    changed : tuple of str
        ``pseudonym``, ``consent``, or both.
    """

    made_at: str
    author: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Patient:
    """What is known of the patient of a session.

    Attributes
    ----------
    pseudonym : str
        Shown instead of the name of the video; empty where none was given.
    consent : str
        What the patient agreed to, in the user's words.
    notes : tuple of PatientNote
        Oldest first.
    """

    pseudonym: str = ""
    consent: str = ""
    notes: tuple[PatientNote, ...] = ()


def patient_of(session: Session) -> Patient:
    """Read what is known of the patient; nothing in a session in which nothing was said."""
    notes = session.meta.get(NOTES) or ()
    with session.understood():
        return Patient(
            pseudonym=str(session.meta.get(PSEUDONYM) or ""),
            consent=str(session.meta.get(CONSENT) or ""),
            notes=tuple(PatientNote(n["made_at"], n["author"], tuple(n["changed"])) for n in notes),
        )


def put_patient(session: Session, author: str, pseudonym: str, consent: str) -> Patient:
    """Write pseudonym and consent, and who did so; belongs inside a transaction.

    Parameters
    ----------
    session : Session
        Open for writing.
    author, pseudonym, consent : str
        Blanks around them do not count.

    Returns
    -------
    Patient
        As it is now; where nothing is new, nothing is written.
    """
    before = patient_of(session)
    given = {"pseudonym": pseudonym.strip(), "consent": consent.strip()}
    changed = tuple(name for name, value in given.items() if value != getattr(before, name))
    if not changed:
        return before
    note = PatientNote(datetime.now(UTC).isoformat(timespec="seconds"), author, changed)
    patient = Patient(**given, notes=(*before.notes, note))
    session.meta.put(PSEUDONYM, patient.pseudonym)
    session.meta.put(CONSENT, patient.consent)
    session.meta.put(NOTES, [asdict(one) for one in patient.notes])
    return patient


def shown_name(session: Session) -> str:
    """Name under which a session is shown and exported: the pseudonym, else that of the video's file."""
    return patient_of(session).pseudonym or Path(session.video.path).name


def shown_video(session: Session) -> str:
    """Path of the video for an export; with a pseudonym only that, for paths often hold names."""
    return patient_of(session).pseudonym or session.video.path
