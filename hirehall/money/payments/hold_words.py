"""What led to a hold, said to its owner: one sentence a fact, from what the hold keeps of its inputs."""

from datetime import datetime

from babel.dates import format_date, format_time
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hirehall.kernel.money import format_money
from hirehall.money.payments.causes import reader_locale
from hirehall.money.payments.hold_rules import HoldRule, LookedAt


def hold_words(rule: str, facts: LookedAt) -> list[str]:
    """The facts in the order in which the rule asks for them."""
    words = [_amount_words(facts)]
    if rule == HoldRule.LARGE_AFTER_CHANGE:
        words.append(_change_words(facts))
    elif rule == HoldRule.NEW_ACCOUNT_TAKES_ALL:
        words += _newness_words(facts)
    if facts.limit is not None:
        words.append(_("A person looks at it from %(limit)s on.") % {"limit": _money(facts.limit, facts)})
    return words


def _money(amount: int, facts: LookedAt) -> str:
    return format_money(amount, facts.unit, reader_locale())


def _moment(moment: datetime | None) -> str:
    """In the reader's zone, as the pages write moments."""
    if moment is None:
        return ""
    local, locale = moment.astimezone(get_current_timezone()), reader_locale()
    return f"{format_date(local, 'd MMMM y', locale=locale)}, {format_time(local, 'short', locale=locale)} {local.tzname()}"


def _amount_words(facts: LookedAt) -> str:
    amount = _money(facts.amount, facts)
    if not facts.sent_since:
        return _("The withdrawal is of %(amount)s.") % {"amount": amount}
    told = {"amount": amount, "before": _money(facts.sent_since, facts), "total": _money(facts.amount + facts.sent_since, facts)}
    return _("The withdrawal is of %(amount)s; with %(before)s that left shortly before it makes %(total)s.") % told


def _change_words(facts: LookedAt) -> str:
    told = {"moment": _moment(facts.changed_at), "num": facts.days}
    if facts.changed == "password":
        return ngettext(
            "Your password was changed on %(moment)s, less than %(num)s day before.",
            "Your password was changed on %(moment)s, less than %(num)s days before.",
            facts.days or 0,
        ) % told
    return ngettext(
        "The account it goes to was added on %(moment)s, less than %(num)s day before.",
        "The account it goes to was added on %(moment)s, less than %(num)s days before.",
        facts.days or 0,
    ) % told


def _newness_words(facts: LookedAt) -> list[str]:
    opened = ngettext(
        "Your account here was opened on %(moment)s and counts as new for %(num)s day.",
        "Your account here was opened on %(moment)s and counts as new for %(num)s days.",
        facts.days or 0,
    ) % {"moment": _moment(facts.opened_at), "num": facts.days}
    return [
        _("It is all that is available."),
        opened,
        _("The account it goes to was added on %(moment)s.") % {"moment": _moment(facts.method_added_at)},
    ]
