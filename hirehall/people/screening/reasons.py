"""What a finding can be, as texts that are translated; the finders name them in English and know no language."""

from django.utils.translation import gettext_noop as _

REASONS = frozenset(
    {
        _("postal address"), _("messenger contact"), _("social media contact"), _("invitation to another messenger"),
        _("e-mail address"), _("request to write by e-mail"), _("meeting outside"), _("payment link"),
        _("payment account"), _("payment outside"), _("wallet address"), _("phone number"),
    }
)  # fmt: skip
