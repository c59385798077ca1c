"""How allauth meets our people: name taken over, mail sent by a job, and after sign-up on to what comes next."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_email
from allauth.core import context as allauth_context
from django.urls import reverse
from django.utils.translation import get_language

from hirehall.kernel.mail import send_later
from hirehall.people.accounts.actions import note_password_change


class AccountAdapter(DefaultAccountAdapter):
    """Keeps addresses in lower case and never sends mail inside a request; everything else is allauth's own."""

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user_email(user, (user_email(user) or "").lower())
        user.name = form.cleaned_data.get("name", "").strip()
        if commit:
            user.save()
        return user

    def send_mail(self, template_prefix, email, context):
        """Render now, in the reader's language; a job hands it to the mail server."""
        given = {"request": allauth_context.request, "email": email, **context}
        mail = self.render_mail(template_prefix, email, given)
        send_later(
            f"account:{secrets.token_hex(12)}",
            email,
            "accounts/emails/plain.txt",
            get_language() or "en",
            subject=mail.subject,
            text=str(mail.body),
        )

    def set_password(self, user, password):
        """A changed password is a fact that other rooms look at before much money leaves."""
        super().set_password(user, password)
        note_password_change(user.pk)

    def get_signup_redirect_url(self, request):
        return reverse("web:welcome")

    def get_email_verification_redirect_url(self, email_address):
        """Whoever confirms their address goes on where they left off."""
        return reverse("web:welcome") if self.request.user.is_authenticated else reverse("account_login")
