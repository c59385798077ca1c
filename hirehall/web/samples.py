"""Drawn examples for the style guide: the values that the components take, with nothing left out."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(
        label=_("Title of the job"), max_length=80, help_text=_("Say what is to be made, not what you are looking for.")
    )
    text = forms.CharField(label=_("Description"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}))
    rate = forms.CharField(label=_("Hourly rate"), help_text=_("Clients see this amount."))
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("Choose one")), ("web", _("Websites")), ("data", _("Data"))]
    )
    due = forms.DateField(label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=[("fixed", _("Fixed price")), ("hourly", _("By the hour"))],
        widget=forms.RadioSelect,
        initial="fixed",
    )
    level = forms.ChoiceField(
        label=_("Experience"),
        choices=[("entry", _("Entry")), ("middle", _("Intermediate")), ("expert", _("Expert"))],
        widget=forms.RadioSelect,
    )
    places = forms.MultipleChoiceField(
        label=_("Where may the freelancer live?"),
        choices=[("af", _("Africa")), ("as", _("Asia")), ("eu", _("Europe"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    skills = forms.CharField(label=_("Skills"), initial="Django, PostgreSQL")
    files = forms.FileField(label=_("Attachments"), required=False)
    agree = forms.BooleanField(label=_("I have read what the fee is taken from"))


def filled_wrongly() -> SampleForm:
    form = SampleForm({"title": "", "text": "Write to me at ada", "rate": "a lot", "kind": "fixed"}, auto_id="wrong_%s")
    form.is_valid()
    form.add_error("rate", _("Type an amount in figures, for example 250 or 250.50."))
    return form


def talent(now) -> list[SimpleNamespace]:
    shared = {"unit": "USD", "small_photo_id": None, "hours": "more_than_30", "last_active_at": now}
    ada = SimpleNamespace(
        **shared,
        party_id="ada",
        name="Ada Obi",
        title="Django developer for shops that must not go down",
        overview="I take over web shops that grew by themselves, find what makes them slow and what could lose an "
        "order, and put both right in small steps that you can watch. Nine years of Python, five of PostgreSQL.",
        rate_minor=6500,
        country="NG",
        skills=(("django", "Django"), ("postgresql", "PostgreSQL"), ("htmx", "htmx"), ("celery", "Queues"))
        + (("stripe", "Payments"), ("linux", "Linux")),
        jobs_done=34,
        minutes=112_000,
        earned="$60k+",
        rating=492,
        ratings=31,
        score=97,
        badges=[(_("Top rated"), "primary")],
        available=True,
    )
    ben = SimpleNamespace(
        **shared,
        party_id="ben",
        name="Bénédicte de la Tour-Marchand",
        title="Illustrator: calm pictures for complicated products",
        overview="Line drawings and small animations that explain one thing each.",
        rate_minor=4200,
        country="BE",
        skills=(("illustration", "Illustration"), ("svg", "SVG")),
        jobs_done=0,
        minutes=0,
        earned="",
        rating=None,
        ratings=0,
        score=None,
        badges=[(_("Rising talent"), "info")],
        available=False,
    )
    return [ada, ben]


def jobs(now) -> list[tuple[SimpleNamespace, SimpleNamespace]]:
    fixed = SimpleNamespace(
        title="Move a small library's catalogue from spreadsheets to a searchable page",
        description="We are four volunteers with 6,200 books in three spreadsheets. We would like one page where "
        "people can search and reserve, and a simple form for us to add books. Plain and easy to read beats pretty.",
        skills=["Django", "PostgreSQL", "Accessibility"],
        kind="fixed",
        unit="USD",
        budget_minor=180000,
        posted_at=now - timedelta(minutes=47),
        level_text=_("Intermediate"),
        length_text=_("1 to 3 months"),
        proposals_text=_("5 to 10 proposals"),
        connects_price=8,
        state="open",
        proposals=7,
        talking=2,
        hires=0,
    )
    hourly = SimpleNamespace(
        title="Weekly help with our data pipeline",
        description="Ten hours a week: watch the nightly jobs, mend what breaks, and write down why it broke.",
        skills=["Python", "SQL", "Airflow", "dbt", "Docker", "Grafana", "Terraform", "Kafka"],
        kind="hourly",
        unit="EUR",
        rate_low_minor=4500,
        rate_high_minor=7000,
        posted_at=now - timedelta(days=3, hours=4),
        level_text=_("Expert"),
        hours_text=_("Less than 30 h a week"),
        state="closed",
        proposals=0,
        talking=0,
        hires=0,
    )
    known = SimpleNamespace(
        verified=True, rating=481, ratings=12, spent_minor=2_340_000, unit="USD", country="DE", hires=17
    )
    fresh = SimpleNamespace(verified=False, rating=None, ratings=0, spent_minor=0, unit="EUR", country="FR", hires=0)
    return [(fixed, known), (hourly, fresh)]


def proposals(now) -> list[SimpleNamespace]:
    shared = {"unit": "USD", "job_title": "Move a small library's catalogue", "client_name": "Cyd Works"}
    return [
        SimpleNamespace(
            **shared,
            letter="Your three spreadsheets are the easy part; the reservations are where such pages fail. I would "
            "start with the search page, which your readers can try after one week, and only then build the form.",
            price_minor=165000,
            kind="fixed",
            sent_at=now - timedelta(hours=5),
            state="shortlisted",
            boosted=True,
            duration_text=_("about 6 weeks"),
            unread=True,
        ),
        SimpleNamespace(
            **shared,
            letter="I can draw the way from shelf to reader.",
            price_minor=4200,
            kind="hourly",
            sent_at=now - timedelta(days=1),
            state="declined",
            boosted=False,
            unread=False,
        ),
    ]


def contracts(now) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            title="A searchable page for the library",
            other_name="Cyd Works",
            kind="fixed",
            unit="USD",
            state="active",
            started_at=now - timedelta(days=12),
            total_minor=165000,
            paid_minor=60000,
            escrow_minor=55000,
            next_text=_("Submit the second milestone by 20 March"),
            turn="you",
        ),
        SimpleNamespace(
            title="Weekly help with our data pipeline",
            other_name="Dot Studio",
            kind="hourly",
            unit="EUR",
            state="paused",
            started_at=now - timedelta(days=90),
            rate_minor=6000,
            limit_text=_("up to 10 h a week"),
            next_text=_("Waiting for the client to resume"),
            turn="them",
        ),
    ]


def milestones(now) -> list[SimpleNamespace]:
    rows = [
        ("Search page with all books", 60000, "released", {"approved_at": now - timedelta(days=4)}),
        (
            "Reservations and mails",
            55000,
            "submitted",
            {"submitted_at": now - timedelta(hours=3), "releases_at": now + timedelta(days=13, hours=21)},
        ),
        ("Form for the volunteers", 50000, "waiting", {"description": "Adding, mending and taking out books."}),
    ]
    return [
        SimpleNamespace(
            id=f"sample{i}", title=t, amount_minor=a, unit="USD", state=s, due_on=now + timedelta(days=8 * i), **more
        )
        for i, (t, a, s, more) in enumerate(rows)
    ]


def series() -> dict:
    asked = [3, 4, 4, 6, 5, 7, 9, 8, 8, 11, 10, 12, 11, 13, 15, 14, 16, 18, 17, 19]
    months = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    return {
        "earned": list(zip(months, [120000, 184000, 96000, 0, 241000, 205000], strict=True)),
        "demand": [(f"W{i}", n) for i, n in enumerate(asked, 1)],
        "where": [(_("Available"), 84000), (_("On its way"), 36000), (_("In escrow"), 55000)],
        "outcomes": [(_("Hired"), 6), (_("Interviewed"), 9), (_("No answer"), 21)],
        "nothing": [],
    }


def rooms(now) -> list[SimpleNamespace]:
    library = SimpleNamespace(
        others="Cyd Works",
        title="A searchable page for the library",
        last_text="The first part looks right.",
        last_at=now - timedelta(minutes=12),
        unread=2,
    )
    weekly = SimpleNamespace(
        others="Dot Studio",
        title="Weekly help with our data pipeline",
        last_text="See you on Monday",
        last_at=now - timedelta(days=2),
        unread=0,
    )
    return [library, weekly]
