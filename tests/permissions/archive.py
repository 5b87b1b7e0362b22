"""Dossiers: seen by whoever sees the matter from inside; sealed by the records administrator; the desk is the auditor's."""

from archive.models import RetentionClass
from audit.acting import at_moment
from tests.archive import world as archive
from tests.disputes.world import moment
from tests.permissions import row
from tests.permissions.verbs import SEE_ITEM, flat, statuses


def build(world):
    """One matter to seal, one sealed dossier. The sealing lies ahead of the table's Monday, which hurts nobody."""
    world.to_seal = archive.ended(world)
    world.decided = archive.executing(world)
    ended = archive.ended(world)
    with at_moment(moment(28)):
        world.dossier = archive.seal(world, ended)


def dossier(world):
    return {"pk": world.dossier.pk}


def to_seal(world):
    return {"matter_pk": world.to_seal.pk}


def seal_data(world):
    return {
        "retention": RetentionClass.objects.get(code="D30").pk,
        "category": "administrative",
        "explanation": "",
    }


ROWS = [
    row("GET", "archive:list", 200),
    row("GET", "archive:detail", 404, kwargs=dossier, **dict.fromkeys(flat(SEE_ITEM), 200)),
    row(
        "POST",
        "archive:verify",
        404,
        kwargs=dossier,
        **statuses(SEE_ITEM, ("auditor", "records_admin"), 302),
    ),
    row("GET", "archive:seal", 404, kwargs=to_seal, records_admin=200),
    row("POST", "archive:seal", 404, kwargs=to_seal, data=seal_data, records_admin=302),
    row("GET", "archive:channels", 403, readers=200),
    row("GET", "api:channels", 403, anonymous=401, readers=200),
    row("GET", "archive:decisions", 404, auditor=200),
    row("GET", "archive:decision", 404, auditor=200, kwargs=lambda world: {"matter_pk": world.decided.pk}),
]
