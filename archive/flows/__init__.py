"""Every write of this app, one verb each."""

from archive.flows.look import DECISION, DOSSIER, VERIFIED, note_look
from archive.flows.seal import seal

__all__ = ["DECISION", "DOSSIER", "VERIFIED", "note_look", "seal"]
