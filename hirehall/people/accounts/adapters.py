"""How allauth meets our people: name taken over, mail sent by a job, back to where one was."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_email


class AccountAdapter(DefaultAccountAdapter):
    """Keeps addresses in lower case; everything else is allauth's own."""

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user_email(user, (user_email(user) or "").lower())
        user.name = form.cleaned_data.get("name", "").strip()
        if commit:
            user.save()
        return user
