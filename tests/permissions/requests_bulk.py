"""What is done with several rows of a list. The rows travel in the body: who may not see one hears that there is none."""

from tests.permissions import row


def ids(name):
    return lambda world: {"ids": [getattr(world, name).pk]}


WRITERS = {"auditor": 403, "system_admin": 403, "external": 403}
HOUSE = {"system_admin": 403, "external": 403}

ROWS = [
    row("POST", "requests:matters_remind", 403, office=200, data=ids("accepted")),
    row("POST", "requests:matters_keeper", 403, office_head=200, data=ids("accepted")),
    row("POST", "requests:matters_ask", 200, office=403, **WRITERS, data=ids("accepted")),
    row("POST", "requests:items_remind", 403, office=200, data=ids("started")),
    row("POST", "requests:items_ask", 200, office=403, **WRITERS, data=ids("started")),
    row("POST", "requests:items_extend", 200, **WRITERS, data=ids("started")),
    row(
        "POST", "requests:items_reassign", 403, office=200, repair_head=200, repair_liaison=200,
        supplies_head=200, supplies_liaison=200, member=200, nobody=200, data=ids("started"),
    ),
    # Who sees none of the chosen rows goes back to the list with a word.
    row(
        "POST", "requests:matters_export", 302, asker=200, lead=200, member=200, readers=200, supplies_clerk=302,
        **HOUSE, data=ids("accepted"),
    ),
    row(
        "POST", "requests:matters_print", 302, asker=200, lead=200, member=200, readers=200, supplies_clerk=302,
        **HOUSE, data=ids("accepted"),
    ),
    row("POST", "requests:items_export_chosen", 403, office=200, leaders=200, auditor=200, data=ids("started")),
    row(
        "POST", "requests:items_print", 302, asker=200, lead=200, member=200, readers=200, **HOUSE,
        data=ids("started"),
    ),
]  # fmt: skip
