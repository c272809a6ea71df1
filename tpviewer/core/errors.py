"""Errors that a user can cause: each says what was wrong, with which file, and what to do."""


class TPViewerError(Exception):
    """Base of all errors that are shown to the user as one plain sentence."""


class MediaError(TPViewerError):
    """A video, image or image folder cannot be used."""


class ModelError(TPViewerError):
    """A model package cannot be used."""


class SessionError(TPViewerError):
    """A session file cannot be read or written."""


class EmptySessionError(SessionError):
    """A session file in which no analysis has begun yet."""


class MissingResultError(SessionError):
    """A session does not hold a result that it should: a step has not run, or replaces it just now."""


class ParameterError(TPViewerError):
    """A parameter or option has a value that makes no sense."""
