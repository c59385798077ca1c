"""The forms of disputes: a claim, its answer, evidence, and splits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import format_money
from hirehall.market.profiles.fields import AmountField
from hirehall.people.messages.forms import ManyFilesField
from hirehall.work.disputes import rules
from hirehall.work.disputes.policy import numbers


class EvidenceForm(forms.Form):
    """Words and files."""

    files = ManyFilesField(label=_("Files that show it"), required=False)

    def __init__(self, *args, label: str = "", **options):
        super().__init__(*args, **options)
        self.fields["text"] = forms.CharField(
            label=label or _("What happened"), max_length=numbers().text_max, widget=forms.Textarea(attrs={"rows": 6})
        )


class ClaimForm(EvidenceForm):
    """A claim; a pot in which there is nothing has no field."""

    def __init__(self, side: str, ground: rules.Ground, *args, **options):
        super().__init__(*args, label=_("Why it should be yours"), **options)
        escrow, released = ground.for_side(side)
        if escrow:
            whole = {"all": format_money(escrow, ground.unit)}
            self.fields["escrow"] = AmountField(
                ground.unit, label=_("How much of what waits do you ask for?"),
                help_text=_("%(all)s waits. What you do not ask for goes to the other side at once.") % whole,
            )  # fmt: skip
        if released:
            whole = {"all": format_money(released, ground.unit)}
            self.fields["refund"] = AmountField(
                ground.unit, required=not escrow, label=_("How much of what was released do you ask back?"),
                help_text=_("%(all)s was released. It comes from what the freelancer has, with the fee that was taken of it.") % whole,
            )  # fmt: skip
        self.order_fields(["escrow", "refund", "text", "files"])

    def claim(self) -> rules.Claim:
        return rules.Claim(self.cleaned_data.get("escrow") or 0, self.cleaned_data.get("refund") or 0)


class AnswerForm(EvidenceForm):
    """What the other side gives of a claim, and why not more."""

    def __init__(self, dispute, *args, **options):
        super().__init__(*args, label=_("Your side of it"), **options)
        _add_pots(
            self, dispute.unit, dispute.claim_escrow_minor, dispute.claim_refund_minor,
            escrow=("escrow", _("How much of what waits do you give?"), _("Nothing is an answer too: leave it empty.")),
            refund=("refund", _("How much of what was released do you give back?"), ""),
            required=False,
        )  # fmt: skip
        self.order_fields(["escrow", "refund", "text", "files"])

    def given(self) -> rules.Claim:
        return rules.Claim(self.cleaned_data.get("escrow") or 0, self.cleaned_data.get("refund") or 0)


class SplitForm(forms.Form):
    """A split of what is disputed, with reasons."""

    def __init__(self, dispute, *args, reasons_required: bool = True, **options):
        super().__init__(*args, **options)
        whole = {"all": format_money(dispute.disputed_escrow, dispute.unit)}
        back = {"all": format_money(dispute.disputed_refund, dispute.unit)}
        _add_pots(
            self, dispute.unit, dispute.disputed_escrow, dispute.disputed_refund,
            escrow=("to_freelancer", _("To the freelancer"), _("Of %(all)s in escrow; the rest returns to the client.") % whole),
            refund=("refund", _("Back to the client"), _("Of %(all)s that was released.") % back),
            required=True,
        )  # fmt: skip
        self.fields["reasons"] = forms.CharField(
            label=_("Reasons"), required=reasons_required, max_length=numbers().text_max, widget=forms.Textarea(attrs={"rows": 5})
        )

    def split(self) -> rules.Split:
        return rules.Split(self.cleaned_data.get("to_freelancer") or 0, self.cleaned_data.get("refund") or 0)


def _add_pots(
    form: forms.Form, unit: str, escrow_minor: int, refund_minor: int, *, escrow: tuple, refund: tuple, required: bool
) -> None:
    """An amount for each pot in which something is disputed."""
    for minor, (name, label, hint) in ((escrow_minor, escrow), (refund_minor, refund)):
        if minor:
            form.fields[name] = AmountField(unit, label=label, help_text=hint, required=required)
