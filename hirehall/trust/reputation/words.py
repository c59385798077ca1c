"""What pages say for the words that feedback stores."""

from django.utils.translation import gettext_lazy as _

CRITERIA = {
    "skills": _("Skills"), "quality": _("Quality of the work"), "availability": _("Availability"),
    "deadlines": _("Keeping deadlines"), "communication": _("Communication"), "cooperation": _("Working together"),
    "requirements": _("Clear requirements"), "payment": _("Paying on time"), "expectations": _("Fair expectations"),
    "professionalism": _("Professionalism"), "again": _("Would work for them again"),
}  # fmt: skip
REASONS = {
    "excellent": _("The result was excellent"), "reliable": _("They were reliable"), "good_value": _("It was worth its price"),
    "slow": _("It took too long"), "poor_quality": _("The quality was poor"), "hard_to_reach": _("They were hard to reach"),
    "clear": _("They knew what they wanted"), "fair": _("They were fair"), "pays_well": _("They pay well"),
    "unclear": _("What they wanted kept changing"), "kept_waiting": _("They kept me waiting"), "unfair": _("They were unfair"),
    "other": _("Something else"),
}  # fmt: skip
ENGLISH = {
    "": _("No answer"), "basic": _("Basic"), "conversational": _("Conversational"), "fluent": _("Fluent"),
    "native": _("Native or bilingual"), "not_seen": _("We did not speak English"),
}  # fmt: skip
