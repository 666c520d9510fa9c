"""Signing an article from record to files: see `rewriter.publishing.signing`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rewriter.article import Disclosure, Finding
from rewriter.errors import UsageError


def sign(path: Path, reviewer: str, responsible: str) -> Sequence[str]:
    """Sign the record in a file and write it and the article's files anew; return what to tell, a line each.

    Raises UsageError where it cannot be signed, OutputError where a file cannot be written; then none has changed.
    """
    from rewriter.publishing import record as records
    from rewriter.publishing import signing
    from rewriter.publishing.files import write_together

    record = read_record(path)
    program, model = record["program"]["rewriter"], record["model"]["name"] or record["model"]["file"]
    sources = (record["source"]["sha256"], *(text["digest"] for text in record["source"].get("background", ())))
    disclosure = Disclosure(f"rewriter {program}", model, sources, reviewer, responsible)
    at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    files = {output["file"]: _bytes(path.with_name(output["file"])) for output in record["outputs"]}
    signed = signing.sign(record, files, disclosure, at)
    texts = {path.with_name(file): data for file, data in signed.outputs.items()}
    write_together({**texts, path: records.to_json(signed.record)})
    return list(_told(signed.changes, list(texts)))


def _told(changes: Sequence[str], files: Sequence[Path]) -> Iterator[str]:
    yield from changes
    yield from (f"signed: {file}" for file in files)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        cause = error.strerror or str(error)
        raise UsageError(f"{path}: cannot be read: {cause}", "keep the article beside its record") from None


def read_record(path: Path) -> dict[str, Any]:
    """Return the record in a file. Raises UsageError where it is none, or one of an earlier version without outputs."""
    try:
        record: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"{path}: is no record: {error}", "name the JSON file that --record wrote") from None
    if not isinstance(record, dict) or not {"article", "outputs", "source", "model", "program"} <= set(record):
        raise UsageError(f"{path}: is no record of an article", "name the JSON file that --record wrote")
    return record


def check_signature(record: Path, article: Path) -> tuple[Finding, ...]:
    """Whether a signed record still speaks of an article's text: an error where it does not.

    Raises UsageError where the record is none, or the article is in no format that is read back.
    """
    from rewriter.publishing.outputs import format_of
    from rewriter.publishing.reading_back import read_back
    from rewriter.publishing.signing import text_digest

    signature = read_record(record).get("signature")
    if not signature:
        return (Finding("signature", "note", "L'article n'est pas signé."),)
    try:
        now = text_digest(read_back(_bytes(article), format_of(article, None)))
    except (ValueError, KeyError) as error:
        raise UsageError(f"{article}: cannot be read back: {error}", "give a .md, .html or .docx file") from None
    if now == signature["text_sha256"]:
        return ()
    message = f"Le texte n'est plus celui que {signature['reviewer']} a signé le {signature['signed_at'][:10]}."
    return (Finding("signature", "error", message, suggestion="Relire, puis signer de nouveau (rewrite sign)."),)
