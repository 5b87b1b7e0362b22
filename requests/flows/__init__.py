"""Every write of this app, one verb each. Read the file whose name says the part of the matter's life."""

from requests.flows.acceptance import accept_stage, confirm_mended, refuse_mended, report_mended
from requests.flows.agreements import answer_agreement, deem_agreement_known, record_agreement
from requests.flows.appeals import ask_appeal, rule_appeal, withdraw_appeal
from requests.flows.applications import hand_in_application, submit_application, write_application
from requests.flows.approval_levels import ask_next_holder, replace_asked
from requests.flows.approval_table import write_approval_rule
from requests.flows.approvals import answer_approval, who_answers
from requests.flows.attempts import record_attempt
from requests.flows.begin import start_from
from requests.flows.blocks import block, unblock
from requests.flows.change_levels import replace_approver, replace_approvers
from requests.flows.change_orders import confirm_order
from requests.flows.change_void import end_void_change, end_void_changes
from requests.flows.changes import (
    answer_change,
    apply_change,
    ask_change,
    assess_change,
    read_change,
    verify_change,
    who_approves,
    withdraw_change,
)
from requests.flows.circulation_answers import answer_opinion, read_result, rule_duty
from requests.flows.circulation_issue import (
    deem_result_read,
    give_back_paper,
    issue_paper,
    leave_open,
    put_on_file,
    sign_off,
)
from requests.flows.circulation_shared import take_up_papers
from requests.flows.circulations import (
    add_department,
    change_circulation,
    change_text,
    draft_circulation,
    drop_paper,
    pull_back,
    start_circulation,
)
from requests.flows.conditions import check_conditions, write_condition
from requests.flows.countersigns import (
    add_signer,
    countersign,
    draft_countersign,
    receive_paper,
    settle_silence,
    transfer_countersign,
)
from requests.flows.decide import (
    decide,
    decide_as_office,
    decide_if_ready,
    record_outcome,
    send_back_to_preparation,
)
from requests.flows.digests import present_digest, write_digest
from requests.flows.discuss import change_comment, comment, keep_message, withdraw_comment
from requests.flows.effects import compensate, state_effect, withdraw_effect
from requests.flows.extensions import answer_extension, ask_extension
from requests.flows.feedback import (
    close,
    complete_execution,
    confirm,
    deem_confirmed,
    object_to_result,
)
from requests.flows.file import (
    discard_draft,
    file_at_once,
    resubmit,
    resubmit_at_once,
    save_draft,
    start_draft,
    submit,
    withdraw,
)
from requests.flows.filters import change_filter, move_filter, remove_filter, save_filter
from requests.flows.groups import end_dissolved_groups, set_up_group
from requests.flows.handovers import admit_misrouting, fulfil_wish
from requests.flows.imports import import_drafts, import_items
from requests.flows.intake import accept, reject, return_for_revision
from requests.flows.issue import discard_item, draft_item, issue_items, issue_rework, write_item
from requests.flows.item_pause import resume_item, stay_suspended, suspend_item
from requests.flows.items import (
    acknowledge,
    cancel_item,
    deem_received,
    reassign,
    remind,
    start,
)
from requests.flows.keeper import change_keeper, find_new_keepers, replace_keeper
from requests.flows.lapses import act_on_lapses
from requests.flows.letter_answers import answer_letter, confirm_answer, deem_letter_received, receive_letter
from requests.flows.letter_files import remove_letter_file
from requests.flows.letters import (
    ask_signature,
    change_letter,
    close_letter,
    draft_letter,
    return_letter,
    send_letter,
    sign_letter,
    withdraw_letter,
)
from requests.flows.level import answer_lowering, lower_level, raise_level, withdraw_lowering
from requests.flows.loans import confirm_return, lend, prolong_loan, refuse_return, report_return
from requests.flows.looks import note_look, note_paper_look
from requests.flows.measures import end_measure, prolong_measure, record_measure
from requests.flows.meeting_wishes import wish_meeting
from requests.flows.merging import announce_merge, call_off_merge, merge
from requests.flows.obstacles import end_obstacle, record_obstacle
from requests.flows.oral import answer_order, hand_in_papers, start_on_order
from requests.flows.outside_paper_corrections import correct_paper
from requests.flows.outside_papers import (
    add_to_paper,
    link_paper,
    register_paper,
    settle_paper,
    strike_paper,
)
from requests.flows.paper_kinds import write_paper_kind
from requests.flows.papers import attach_papers, remove_paper
from requests.flows.pause import resume, suspend
from requests.flows.plan import (
    discard_plan,
    import_plan_tasks,
    remove_plan_task,
    start_plan,
    submit_plan,
    take_back_plan,
    write_plan_goal,
    write_plan_part,
    write_plan_task,
)
from requests.flows.plan_approval import approve_plan, put_in_force, return_plan
from requests.flows.plan_consent import answer_tasks, note_silence, uphold_task
from requests.flows.plan_escalation import escalate_late_tasks
from requests.flows.plan_items import issue_due_tasks
from requests.flows.plan_levels import replace_plan_approver, replace_plan_approvers
from requests.flows.plan_meetings import fulfil_planned_meeting, wish_for_meetings
from requests.flows.plan_risks import update_risk
from requests.flows.plan_shared import plan_in_force
from requests.flows.plan_stages import accept_milestone, ask_for_stages, waive_milestone
from requests.flows.prepare import (
    change_participants,
    confirm_reading,
    deliver_material,
    give_opinion,
    start_decision,
    write_preparation,
)
from requests.flows.procedures import (
    confirm_procedure,
    publish_procedure,
    renew_procedure,
    withdraw_procedure,
)
from requests.flows.progress_duty import ask_for_missing_reviews
from requests.flows.progress_reviews import review_progress
from requests.flows.public_notices import (
    answer_objection,
    end_notice,
    object_to_notice,
    publish_notice,
    withdraw_notice,
)
from requests.flows.questions import decide_question, mark_question, opine_on_question
from requests.flows.readers import end_expired_readings, end_reading, name_reader
from requests.flows.refusal_reviews import answer_review, ask_review
from requests.flows.releases import ask_release, rule_release
from requests.flows.report import report
from requests.flows.resources import answer_resource, ask_resources, withdraw_resource
from requests.flows.retrospect import (
    better_system,
    confirm_improvement,
    issue_review,
    report_improvement,
    send_back_improvement,
    write_review,
)
from requests.flows.silence import record_silence
from requests.flows.simple import leave_simple_track
from requests.flows.simple_track import settle_by_letters
from requests.flows.status import ask_status
from requests.flows.survey import answer_survey, end_surveys
from requests.flows.templates import change_template, create_template, switch_template
from requests.flows.urgency import confirm_urgency
from requests.flows.verify import attach_evidence, close_item, send_back, submit_item
from requests.flows.visits import add_visit_photos, record_visit, withdraw_visit

__all__ = [
    "accept", "accept_milestone", "accept_stage", "acknowledge", "act_on_lapses", "add_department", "add_signer",
    "add_to_paper", "add_visit_photos", "admit_misrouting", "announce_merge", "answer_agreement", "answer_approval",
    "answer_change", "answer_extension", "answer_letter", "answer_lowering", "answer_objection", "answer_opinion",
    "answer_order", "answer_resource", "answer_review", "answer_survey", "answer_tasks", "apply_change",
    "approve_plan", "ask_appeal", "ask_change", "ask_extension", "ask_for_missing_reviews", "ask_for_stages",
    "ask_next_holder", "ask_release", "ask_resources", "ask_review", "ask_signature", "ask_status", "assess_change",
    "attach_evidence", "attach_papers", "better_system", "block", "call_off_merge", "cancel_item",
    "change_circulation", "change_comment", "change_filter", "change_keeper", "change_letter", "change_participants",
    "change_template", "change_text", "check_conditions", "close", "close_item", "close_letter", "comment",
    "compensate", "complete_execution", "confirm", "confirm_answer", "confirm_improvement", "confirm_mended",
    "confirm_order", "confirm_procedure", "confirm_reading", "confirm_return", "confirm_urgency", "correct_paper",
    "countersign", "create_template", "decide", "decide_as_office", "decide_if_ready", "decide_question",
    "deem_agreement_known", "deem_confirmed", "deem_letter_received", "deem_received", "deem_result_read",
    "deliver_material", "discard_draft", "discard_item", "discard_plan", "draft_circulation", "draft_countersign",
    "draft_item", "draft_letter", "drop_paper", "end_dissolved_groups", "end_expired_readings", "end_measure",
    "end_notice", "end_obstacle", "end_reading", "end_surveys", "end_void_change", "end_void_changes",
    "escalate_late_tasks", "file_at_once", "find_new_keepers", "fulfil_planned_meeting", "fulfil_wish",
    "give_back_paper", "give_opinion", "hand_in_application", "hand_in_papers", "import_drafts", "import_items",
    "import_plan_tasks", "issue_due_tasks", "issue_items", "issue_paper", "issue_review", "issue_rework",
    "keep_message", "leave_open", "leave_simple_track", "lend", "link_paper", "lower_level", "mark_question", "merge",
    "move_filter", "name_reader", "note_look", "note_paper_look", "note_silence", "object_to_notice",
    "object_to_result", "opine_on_question", "plan_in_force", "present_digest", "prolong_loan", "prolong_measure",
    "publish_notice", "publish_procedure", "pull_back", "put_in_force", "put_on_file", "raise_level", "read_change",
    "read_result", "reassign", "receive_letter", "receive_paper", "record_agreement", "record_attempt",
    "record_measure", "record_obstacle", "record_outcome", "record_silence", "record_visit", "refuse_mended",
    "refuse_return", "register_paper", "reject", "remind", "remove_filter", "remove_letter_file", "remove_paper",
    "remove_plan_task", "renew_procedure", "replace_approver", "replace_approvers", "replace_asked", "replace_keeper",
    "replace_plan_approver", "replace_plan_approvers", "report", "report_improvement", "report_mended",
    "report_return", "resubmit", "resubmit_at_once", "resume", "resume_item", "return_for_revision", "return_letter",
    "return_plan", "review_progress", "rule_appeal", "rule_duty", "rule_release", "save_draft", "save_filter",
    "send_back", "send_back_improvement", "send_back_to_preparation", "send_letter", "set_up_group",
    "settle_by_letters", "settle_paper", "settle_silence", "sign_letter", "sign_off", "start", "start_circulation",
    "start_decision", "start_draft", "start_from", "start_on_order", "start_plan", "state_effect",
    "stay_suspended", "strike_paper", "submit", "submit_application", "submit_item", "submit_plan", "suspend", "suspend_item",
    "switch_template", "take_back_plan", "take_up_papers", "transfer_countersign", "unblock", "update_risk", "uphold_task",
    "verify_change", "waive_milestone", "who_answers", "who_approves", "wish_for_meetings", "wish_meeting",
    "withdraw", "withdraw_appeal", "withdraw_change", "withdraw_comment", "withdraw_effect", "withdraw_letter",
    "withdraw_lowering", "withdraw_notice", "withdraw_procedure", "withdraw_resource", "withdraw_visit",
    "write_application", "write_approval_rule", "write_condition", "write_digest", "write_item", "write_paper_kind",
    "write_plan_goal", "write_plan_part", "write_plan_task", "write_preparation", "write_review",
]  # fmt: skip
