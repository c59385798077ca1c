"""The names of trades and their specialties as texts that are translated; taxonomy.toml orders them and adds skills.

Skills are called by their names of the trade in every language.
"""

from django.utils.translation import gettext_noop as _

NAMES = {
    _("Web development"): (
        _("Front-end"), _("Back-end"), _("Full stack"), _("E-commerce"), _("Content management"),
        _("Web applications"),
    ),
    _("Mobile development"): (
        _("Android"), _("iOS"), _("Cross-platform"), _("Mobile games"), _("Low-code apps"),
    ),
    _("Desktop, games and embedded"): (
        _("Desktop software"), _("Game development"), _("Firmware"), _("Automation"), _("Blockchain"),
    ),
    _("Data science and AI"): (
        _("Machine learning"), _("Language models"), _("Computer vision"), _("Forecasting"),
        _("Conversational AI"),
    ),
    _("Data engineering and analytics"): (
        _("Data pipelines"), _("Dashboards"), _("Spreadsheets"), _("Databases"), _("Business intelligence"),
    ),
    _("DevOps, cloud and security"): (
        _("Cloud"), _("Continuous delivery"), _("Site reliability"), _("Security"), _("Networks"),
    ),
    _("Testing and quality"): (
        _("Manual testing"), _("Test automation"), _("Performance"), _("Accessibility and usability"),
    ),
    _("Design"): (
        _("Product design"), _("Brand identity"), _("Illustration"), _("Print"), _("Web and landing pages"),
        _("Fashion and packaging"),
    ),
    _("Video, audio and animation"): (
        _("Video editing"), _("Animation"), _("Voice"), _("Music"), _("Photography"), _("Sound"),
    ),
    _("Writing"): (
        _("Articles"), _("Copy"), _("Technical"), _("Editing"), _("Books and stories"), _("Business writing"),
    ),
    _("Translation and languages"): (
        _("Translation"), _("Localization"), _("Transcription"), _("Teaching"), _("Interpreting"),
    ),
    _("Marketing and sales"): (
        _("Search"), _("Advertising"), _("Social media"), _("Sales"), _("Content and e-mail"),
        _("Research and strategy"),
    ),
    _("Administration and support"): (
        _("Virtual assistance"), _("Customer support"), _("Project management"), _("Recruiting and people"),
    ),
    _("Finance and legal"): (
        _("Bookkeeping"), _("Financial planning"), _("Tax"), _("Contracts"), _("Compliance and privacy"),
    ),
    _("Engineering and architecture"): (
        _("Mechanical"), _("Electrical"), _("Civil"), _("Interior"), _("Product and mould"),
        _("Maps and survey"),
    ),
}  # fmt: skip
