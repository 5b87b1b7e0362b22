"""Login and password: Django's own checks in the office's words."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from organization import flows
from pages.forms import OfficeMixin


class LoginForm(OfficeMixin, AuthenticationForm):
    error_messages = {
        "invalid_login": _("Account and password do not belong together. Please check both; capitals count."),
        "inactive": _("This account is not in use. Please ask the system administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Account")
        self.fields["username"].help_text = _("Staff number or name in pinyin")
        self.fields["password"].label = _("Password")


class OwnPasswordForm(OfficeMixin, PasswordChangeForm):
    error_messages = {
        "password_mismatch": _("The two new passwords differ. Please write the same one twice."),
        "password_incorrect": _("This is not your present password. Please write it again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Present password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _("At least 10 characters, not only digits, not your name.")
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password2"].help_text = ""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """The flow writes; Django only keeps this session alive afterwards."""
        self.user = flows.change_password(password=self.cleaned_data["new_password1"], by=self.user)
        return self.user
