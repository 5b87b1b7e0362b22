"""Pages that are a button alone, or whose every field may be left out: sent empty, they are taken (tests/test_permissions.py)."""

BUTTONS = {
    f"POST {name}"
    for name in (
        "archive:verify", "disputes:sign", "disputes:to_ruling", "login empty", "logout", "notifications:open",
        "notifications:read_all", "organization:goal_take_up", "organization:phrase_drop", "requests:ask_resources", "requests:change_apply", "requests:change_read",
        "requests:change_verify", "requests:circulation_issue", "requests:circulation_leave_open",
        "requests:circulation_put_on_file", "requests:circulation_sign_off", "requests:circulation_start",
        "requests:comment_withdraw", "requests:confirm", "requests:countersign_read", "requests:countersign_receive",
        "requests:defect_confirm", "requests:deliver", "requests:discard", "requests:discard_item",
        "requests:drop_file", "requests:filter_move", "requests:filter_remove", "requests:improvement_confirm",
        "requests:item_acknowledge", "requests:item_ask_status", "requests:item_remind", "requests:item_resume", "requests:items_print",
        "requests:letter_ask_signature", "requests:letter_close", "requests:letter_confirm", "requests:letter_file_remove",
        "requests:letter_receive", "requests:letter_send", "requests:letter_sign", "requests:loan_confirm",
        "requests:matters_export", "requests:matters_print", "requests:merge", "requests:milestone", "requests:new",
        "requests:new copy", "requests:new template", "requests:plan_answer", "requests:plan_approve",
        "requests:plan_discard", "requests:plan_goal", "requests:plan_submit", "requests:plan_take_back",
        "requests:plan_task_remove", "requests:procedure_confirm", "requests:read", "requests:record_silence", "requests:resume", "requests:retrospect", "requests:rework",
        "requests:start_decision", "requests:template_switch", "requests:withdraw_lowering", "set_language", "theme",
    )
}  # fmt: skip
# What is answered by a button, or ticked without a single field that must be: the page says above what is missing.
ABOVE = {"POST requests:approve", "POST requests:check", "POST requests:question_mark"}
# What was typed is kept, whatever it lacks: it is asked for when the form is handed in (R026).
KEPT = {"POST requests:form"}
# A page of rows says how many it has sent.
ROWS_SENT = {
    f"{rows}-{what}": how_many
    for rows in ("gaps", "rows", "improvements", "attempts")
    for what, how_many in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))
}
