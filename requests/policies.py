"""Who may do what to a matter and its parts (domain §3.1, §3.2, §5). Pure: no queries, no HTTP.

`user.authority` holds the posts, read once. Whoever is auditor or from outside changes nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from requests.states import ENDED, Stage
from supervision.policies import may_arrange

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import (
        ActionItem,
        CoordinationRequest,
        Extension,
        LevelChange,
        Participant,
        RefusalReview,
        Release,
        SavedFilter,
    )


def may_write(user: Any) -> bool:
    """Somebody of the house with a post that acts: not the auditor, not a pure system administrator."""
    return (
        user.is_active
        and not user.is_external
        and not user.authority.changes_nothing
        and bool(user.authority.departments)
        and not (user.authority.is_system_admin and len(user.authority.by_kind) == 1)
    )


def may_file(user: User) -> bool:
    """Every member of the house can file (R025); auditor, outsiders and technical accounts cannot."""
    return may_write(user)


def may_edit_templates(user: User) -> bool:
    """The coordination office keeps the templates that forms start from (R041)."""
    return user.authority.is_officer and may_write(user)


def is_applicant(matter: CoordinationRequest, user: User) -> bool:
    return matter.filed_by_id == user.pk and may_write(user)


def is_officer(matter: CoordinationRequest, user: User) -> bool:
    return user.authority.is_officer and may_write(user)


def may_accept(matter: CoordinationRequest, user: User) -> bool:
    """An officer of the coordination office, except on a matter of their own filing."""
    return is_officer(matter, user) and matter.filed_by_id != user.pk


def may_merge(matter: CoordinationRequest, user: User) -> bool:
    """An officer of the coordination office, except on a matter of their own filing (Q11, §5)."""
    return may_accept(matter, user)


def may_write_conditions(user: User) -> bool:
    """The conditions of acceptance are rules of the office, like its limits (domain §5, row Users, settings)."""
    return may_arrange(user)


def may_reject(matter: CoordinationRequest, user: User) -> bool:
    """Refusing needs the consent of the head of the office (Q9): it is the head's own act here."""
    return user.authority.is_office_head and may_write(user) and matter.filed_by_id != user.pk


def may_confirm_urgency(matter: CoordinationRequest, user: User) -> bool:
    """A head: of the applying department, or of the office; never the applicant (R040)."""
    is_head = matter.filed_by_department_id in user.authority.headed or user.authority.is_office_head
    return is_head and may_write(user) and matter.filed_by_id != user.pk


def may_answer_review(review: RefusalReview, user: User) -> bool:
    """The level that the review was given to, never whoever refused nor the applicant (R048)."""
    if not may_write(user) or user.pk in {review.refused_by_id, review.asked_by_id}:
        return False
    if review.level == "office_head":
        return user.authority.is_office_head
    if review.level == "leader":
        return review.department_id in user.authority.in_charge_of
    return user.authority.is_chair or user.authority.is_arbiter


def may_withdraw(matter: CoordinationRequest, user: User) -> bool:
    """The applicant (Q10); a returned form that nobody completes also the office, the flow looks at the time (Q3)."""
    return is_applicant(matter, user) or (matter.stage == Stage.RETURNED and may_accept(matter, user))


def may_prepare(matter: CoordinationRequest, user: User) -> bool:
    """Facts, scope, questions, participants: the office or the lead department's speakers."""
    return is_officer(matter, user) or speaks_for_lead(matter, user)


def speaks_for_lead(matter: CoordinationRequest, user: User) -> bool:
    return (
        matter.lead_department_id is not None
        and matter.lead_department_id in user.authority.speaks_for
        and may_write(user)
    )


def may_opine(participant: Participant, user: User) -> bool:
    """A department speaks through its head or liaison, for itself only (R056)."""
    return participant.department_id in user.authority.speaks_for and may_write(user)


def may_decide_as_office(matter: CoordinationRequest, user: User) -> bool:
    """The head of the office decides on unanimous opinions, except on the own department's or own matter."""
    return (
        user.authority.is_office_head
        and may_write(user)
        and matter.filed_by_id != user.pk
        and matter.filed_by_department_id not in user.authority.headed
    )


def may_decide(matter: CoordinationRequest, user: User) -> bool:
    """Whoever chairs the deciding meeting or rules; `meetings` and `disputes` check that person themselves."""
    return may_write(user) and matter.filed_by_id != user.pk


def may_suspend(matter: CoordinationRequest, user: User) -> bool:
    """The head of the office, or an officer with the head's consent: the head's own act here; in execution the chair
    too (Q20)."""
    is_chair = user.authority.is_chair and matter.stage == Stage.EXECUTION
    return (user.authority.is_office_head or is_chair) and may_write(user)


def may_name_keeper(matter: CoordinationRequest, user: User) -> bool:
    """Who keeps a case is for the head of the office to say (R019)."""
    return user.authority.is_office_head and may_write(user)


def may_name_readers(matter: CoordinationRequest, user: User) -> bool:
    """Whoever keeps the case, or the head of the office, says who reads a confidential matter (domain §5)."""
    keeps = matter.keeper_id == user.pk and user.authority.is_officer
    return (keeps or user.authority.is_office_head) and may_write(user)


def may_set_up_group(matter: CoordinationRequest, user: User) -> bool:
    """The coordination office sets up a temporary group for a matter (R004)."""
    return is_officer(matter, user)


def may_read_looks(matter: CoordinationRequest, user: User) -> bool:
    """Who looked at a confidential matter is told to whoever names its readers, and to the auditor."""
    return may_name_readers(matter, user) or user.authority.is_auditor


def may_raise_level(matter: CoordinationRequest, user: User) -> bool:
    """The applicant, who set the level, and every officer of the office, at any time (domain §5)."""
    return is_applicant(matter, user) or is_officer(matter, user)


def reads_confidential(matter: CoordinationRequest, user: User) -> bool:
    """Who reads it on the highest level without being named: applicant, who keeps it, the head of the office."""
    return is_applicant(matter, user) or may_name_readers(matter, user)


def may_propose_lowering(matter: CoordinationRequest, user: User) -> bool:
    """One of the two that lower a level: the applicant or the head of the office (domain §5)."""
    return is_applicant(matter, user) or (user.authority.is_office_head and may_write(user))


def may_answer_lowering(change: LevelChange, user: User) -> bool:
    """The other one of the two: whoever was asked, never whoever proposed it (R150)."""
    return change.asked_id == user.pk != change.proposed_by_id and may_write(user)


def may_complete(matter: CoordinationRequest, user: User) -> bool:
    """The lead department, or the office for it (Q17)."""
    return speaks_for_lead(matter, user) or is_officer(matter, user)


def may_confirm(matter: CoordinationRequest, user: User) -> bool:
    return is_applicant(matter, user)


def may_reopen(matter: CoordinationRequest, user: User) -> bool:
    """The applicant's objection reopens once; from then on it is the act of the head of the office (Q18)."""
    return is_applicant(matter, user) or may_reopen_again(matter, user)


def may_reopen_again(matter: CoordinationRequest, user: User) -> bool:
    """A second rework and any later one is the head's own act, never on the own matter (Q18)."""
    head = user.authority.is_office_head and may_write(user) and matter.filed_by_id != user.pk
    return head and matter.rework_count > 0


def may_archive(matter: CoordinationRequest, user: User) -> bool:
    """The records administrator, never the officer who kept the case (domain §5, Separation of duties)."""
    return user.authority.is_records and may_write(user) and matter.keeper_id != user.pk


def may_survey(matter: CoordinationRequest, user: User, departments: Iterable[int]) -> bool:
    """The applicant, and whoever speaks for a department that took part (F15)."""
    return is_applicant(matter, user) or (
        may_write(user) and not user.authority.speaks_for.isdisjoint(departments)
    )


def may_draft_items(matter: CoordinationRequest, user: User) -> bool:
    return may_write(user) and (
        is_officer(matter, user) or user.authority.is_secretary or speaks_for_lead(matter, user)
    )


def may_record_talks(matter: CoordinationRequest, user: User) -> bool:
    return is_applicant(matter, user) or may_prepare(matter, user)


def may_discuss(matter: CoordinationRequest, user: User) -> bool:
    """Whoever of the house sees a matter says a word on it, from its filing to its end (R068)."""
    return may_write(user) and matter.stage != Stage.DRAFT and matter.stage not in ENDED


def may_save_filters(user: User) -> bool:
    """Everybody of the house but the auditor, who reads and changes nothing (R208)."""
    return user.is_active and not user.is_external and not user.authority.changes_nothing


def may_share_filters(user: User) -> bool:
    return may_save_filters(user) and user.department is not None


def may_remove_filter(saved: SavedFilter, user: User) -> bool:
    """Whoever saved it; one that is shared also the head of that department."""
    return saved.owner_id == user.pk or saved.department_id in user.authority.headed


def may_attach(matter: CoordinationRequest, user: User, departments: Iterable[int]) -> bool:
    """Add papers: the applicant, the office, and whoever speaks for a department that takes part, until the end."""
    if matter.stage in ENDED or not may_write(user):
        return False
    if matter.stage in (Stage.DRAFT, Stage.RETURNED):
        return is_applicant(matter, user)
    return may_record_talks(matter, user) or not user.authority.speaks_for.isdisjoint(departments)


def may_receive(item: ActionItem, user: User) -> bool:
    """Sign for an item: its owner, also one from outside, or whoever speaks for the owning department (A2, §5)."""
    if user.is_external:
        return user.is_active and item.assignee_id == user.pk
    return may_write(user) and (
        item.assignee_id == user.pk or item.department_id in user.authority.speaks_for
    )


def may_work(item: ActionItem, user: User) -> bool:
    """Start, report, report done, ask for an extension: the owner, or the department's liaison for the owner."""
    return may_receive(item, user)


def may_log_obstacles(item: ActionItem, user: User) -> bool:
    """Whoever works on the item, and the office (R099)."""
    return may_work(item, user) or (user.authority.is_officer and may_write(user))


def may_ask_release(item: ActionItem, user: User) -> bool:
    """The head of the department that owns it says that it is not its duty (A3)."""
    return item.department_id in user.authority.headed and may_write(user)


def may_rule_release(release: Release, user: User) -> bool:
    """The office, never whoever asked nor the owner of the item (A4)."""
    doers = {release.asked_by_id, release.item.assignee_id}
    return user.authority.is_officer and may_write(user) and user.pk not in doers


def may_verify(item: ActionItem, user: User) -> bool:
    """Close or send back: the named verifier, the office, or the side that asked for it; never the doer (A9, R102).

    Whoever reported it done stands for the doer too, and so does the asking side where its own department does the work.
    """
    doers = {item.assignee_id, item.submitted_by_id}
    others_work = item.department_id != item.matter.filed_by_department_id
    return (
        may_write(user)
        and user.pk not in doers
        and (
            item.verifier_id == user.pk
            or user.authority.is_officer
            or (others_work and asks_for(item.matter, user))
        )
    )


def may_cancel(item: ActionItem, user: User) -> bool:
    return user.authority.is_office_head and may_write(user)


def may_suspend_item(item: ActionItem, user: User) -> bool:
    """The head of the office, or the chair who issued it; whoever else wants it needs their consent, which is their own
    act here (A12)."""
    return (user.authority.is_office_head or user.authority.is_chair) and may_write(user)


def may_resume_item(item: ActionItem, user: User) -> bool:
    """Whoever suspends, and whoever keeps the case (A12)."""
    keeps = item.matter.keeper_id == user.pk and may_write(user)
    return may_suspend_item(item, user) or keeps


def may_reassign(item: ActionItem, user: User) -> bool:
    """Inside the own department its head or liaison, anywhere the office (A11)."""
    return may_write(user) and (item.department_id in user.authority.speaks_for or user.authority.is_officer)


def may_remind(user: User) -> bool:
    """The coordination office reminds by hand (催办)."""
    return user.authority.is_officer and may_write(user)


def may_ask_status(item: ActionItem, user: User) -> bool:
    """The side that asked for the coordination (R091)."""
    return asks_for(item.matter, user)


def asks_for(matter: CoordinationRequest, user: User) -> bool:
    """The asking side: the applicant, and whoever speaks for the applying department."""
    asking = matter.filed_by_department_id in user.authority.speaks_for
    return (is_applicant(matter, user) or asking) and may_write(user)


def may_add_evidence(item: ActionItem, user: User) -> bool:
    """Whoever works on an item, and whoever checks it."""
    return may_work(item, user) or may_verify(item, user)


def may_export_register(user: User) -> bool:
    """The office, the chair and the auditor take the register away as a table."""
    authority = user.authority
    return authority.is_officer or authority.is_chair or authority.is_arbiter or authority.is_auditor


def may_export_matters(user: User) -> bool:
    """Whoever works in the house takes away what they see; not those from outside, nor the system administrator."""
    kinds = user.authority.by_kind.keys() - {"system_admin"}
    return user.is_active and not user.is_external and bool(kinds)


def may_answer_extension(extension: Extension, user: User) -> bool:
    """The level that the length asks for, never the asker nor the owner of the item (A7)."""
    doers = {extension.asked_by_id, extension.item.assignee_id}
    return may_write(user) and user.pk not in doers and _holds_level(extension, user)


def _holds_level(extension: Extension, user: User) -> bool:
    department_id = extension.item.department_id
    if extension.approver == "head":
        return department_id in user.authority.headed
    if extension.approver == "leader":
        return department_id in user.authority.in_charge_of
    return user.authority.is_chair or user.authority.is_arbiter
