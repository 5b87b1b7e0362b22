"""The discussion of a matter: say a word, mend it, take it back; put a message on record."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.forms.discussion import CommentForm, MessageForm
from requests.models import Comment
from requests.views.shared import page_of_matter, the_matter

TAB = "discussion"


@require_http_methods(["GET", "POST"])
@login_required
def discussion(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Its address leads to the tab; what is sent to it is a comment."""
    matter = the_matter(request, pk)
    there = page_of_matter(pk, TAB)
    if request.method == "GET":
        return redirect(there)
    if not policies.may_write(request.user):
        raise NotYours(_("Only members of the house who see the matter take part in its discussion."))
    return carry_out(
        request,
        CommentForm(posted(request)),
        flows.comment,
        done=_("The comment has been written."),
        template="requests/comment.html",
        context={"matter": matter},
        then=there,
        matter_id=pk,
    )


@require_http_methods(["GET", "POST"])
@login_required
def change(request: AuthenticatedHttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Mend an own comment."""
    matter = the_matter(request, pk)
    said = get_object_or_404(Comment, matter=matter, pk=comment_pk)
    if said.author_id != request.user.pk:
        raise NotYours(_("Only its author changes a comment or takes it back."))
    return carry_out(
        request,
        CommentForm(posted(request), initial={"text": said.text}),
        flows.change_comment,
        done=_("The comment has been changed."),
        template="requests/comment.html",
        context={"matter": matter, "said": said},
        then=page_of_matter(pk, TAB),
        comment_id=said.pk,
    )


@require_POST
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Take an own comment back."""
    matter = the_matter(request, pk)
    said = get_object_or_404(Comment, matter=matter, pk=comment_pk)
    flows.withdraw_comment(comment_id=said.pk, by=request.user)
    messages.success(request, _("The comment has been taken back."))
    return redirect(page_of_matter(pk, TAB))


@require_http_methods(["GET", "POST"])
@login_required
def keep_message(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a message from elsewhere on record."""
    matter = the_matter(request, pk)
    if not policies.may_write(request.user):
        raise NotYours(_("Only members of the house who see the matter take part in its discussion."))
    return carry_out(
        request,
        MessageForm(posted(request)),
        flows.keep_message,
        done=_("The message is on record."),
        template="requests/keep_message.html",
        context={"matter": matter},
        then=page_of_matter(pk, TAB),
        matter_id=pk,
    )
