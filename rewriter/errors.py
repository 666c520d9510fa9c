"""What can go wrong, drawn as a tree.

RewriterError              one line that names the file and the cause, one tip, one exit code
├── UsageError         2   an option or the configuration file makes no sense
├── SourceError        3   the source cannot be used
├── ModelError         4   the model cannot be used
├── OutputError        5   the output cannot be written
├── Busy              75   another run holds the lock
└── Interrupted      130   Ctrl-C or SIGTERM
"""


class RewriterError(Exception):
    """An error that a user can understand: `message` names the file and the cause, `tip` what to try."""

    exit_code = 1

    def __init__(self, message: str, tip: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.tip = tip


class UsageError(RewriterError):
    """An option or a key of the configuration file makes no sense."""

    exit_code = 2


class SourceError(RewriterError):
    """The source is missing, empty, not text, too large, or holds no article."""

    exit_code = 3


class ModelError(RewriterError):
    """The model file is missing, broken, of the wrong kind, or too large for the machine."""

    exit_code = 4


class OutputError(RewriterError):
    """The output cannot be written: no such folder, no permission, no room."""

    exit_code = 5


class Busy(RewriterError):
    """Another run holds the lock."""

    exit_code = 75


class Interrupted(RewriterError):
    """The user or the system asked the run to stop."""

    exit_code = 130


def described(error: BaseException) -> str:
    """The kind of an error, and what it says if it says anything."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
