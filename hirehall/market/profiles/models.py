"""Tables of profiles. Skills and categories are slugs of the taxonomy; files are the kernel's stored files."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.market.profiles import rules


def _choices(kind) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


def _skills() -> ArrayField:
    return ArrayField(models.CharField(max_length=60), default=list, blank=True)


class Profile(models.Model):
    """What one freelancer or agency shows; a draft until `published_at`."""

    party = models.OneToOneField("accounts.Party", primary_key=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=100, blank=True)
    overview = models.TextField(blank=True)
    category = models.CharField(max_length=60, blank=True)
    skills = _skills()
    rate_minor = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8)
    hours = models.CharField(max_length=12, choices=_choices(rules.Hours), blank=True)
    hours_change_on = models.DateField(null=True)
    english = models.CharField(max_length=14, choices=_choices(rules.Level), blank=True)
    visibility = models.CharField(max_length=8, choices=_choices(rules.Visibility), default=rules.Visibility.PUBLIC)
    photo = models.ForeignKey("kernel.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    small_photo = models.ForeignKey("kernel.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rate_minor__isnull=True) | Q(rate_minor__gt=0), name="profile_rate"),
            models.CheckConstraint(condition=Q(skills__len__lte=15), name="profile_skills"),
        ]
        indexes = [GinIndex(fields=["skills"], name="profile_skill")]

    def __str__(self) -> str:
        return self.title or self.party_id


class _Entry(models.Model):
    """One row of a profile's list, in the order its owner gave."""

    id = PublicIdField()
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "-id"]


class Employment(_Entry):
    """A position held; without an end it is the present one. Dates are the first of a month."""

    company = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.role}, {self.company}"


class Experience(_Entry):
    """Other experience: what was done outside of a position."""

    subject = models.CharField(max_length=100)
    description = models.TextField()

    def __str__(self) -> str:
        return self.subject


class Education(_Entry):
    """A school or university."""

    school = models.CharField(max_length=120)
    degree = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=120, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True)
    to_year = models.PositiveSmallIntegerField(null=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.school


class Certification(_Entry):
    """A certificate with its issuer, and a link or a file that shows it."""

    name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    link = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey("kernel.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name


class Language(_Entry):
    """A language other than English, which every profile states by itself."""

    code = models.CharField(max_length=8)
    level = models.CharField(max_length=14, choices=_choices(rules.Level))

    class Meta(_Entry.Meta):
        constraints = [models.UniqueConstraint(fields=["profile", "code"], name="language_once")]

    def __str__(self) -> str:
        return self.code


class Link(_Entry):
    """A page elsewhere where the freelancer's work is shown."""

    url = models.CharField(max_length=500)

    class Meta(_Entry.Meta):
        constraints = [models.UniqueConstraint(fields=["profile", "url"], name="link_once")]

    def __str__(self) -> str:
        return self.url


class Piece(_Entry):
    """A portfolio piece; `contract_id` names the contract here from which it came."""

    title = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    description = models.TextField()
    skills = _skills()
    link = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True)
    contract_id = models.CharField(max_length=26, blank=True, db_collation="C")

    def __str__(self) -> str:
        return self.title


class PieceFile(models.Model):
    """A picture or document of a portfolio piece."""

    id = PublicIdField()
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.file_id)


class SubProfile(models.Model):
    """A specialised profile: own title, overview, rate, skills and a part of the portfolio."""

    id = PublicIdField()
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="subs")
    title = models.CharField(max_length=100)
    overview = models.TextField()
    category = models.CharField(max_length=60, blank=True)
    skills = _skills()
    rate_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    pieces = models.ManyToManyField(Piece, related_name="+", blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(rate_minor__gt=0), name="sub_rate"),
            models.CheckConstraint(condition=Q(skills__len__lte=15), name="sub_skills"),
        ]

    def __str__(self) -> str:
        return self.title


class RateChange(models.Model):
    """The history of a rate, of the general profile or of a specialised one."""

    id = PublicIdField()
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    sub = models.ForeignKey(SubProfile, null=True, on_delete=models.CASCADE, related_name="+")
    rate_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.rate_minor} {self.unit}"


class WorkRecord(models.Model):
    """What a freelancer did here, counted from the facts that higher rooms record."""

    party = models.OneToOneField("accounts.Party", primary_key=True, on_delete=models.CASCADE, related_name="+")
    jobs_running = models.PositiveIntegerField(default=0)
    jobs_done = models.PositiveIntegerField(default=0)
    minutes = models.PositiveBigIntegerField(default=0)
    earned_minor = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=8)
    ratings = models.PositiveIntegerField(default=0)
    stars_total = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.party_id}: {self.jobs_done}"


class SkillDemand(models.Model):
    """A skill that an open job asks for; the rows of a closed job go away."""

    id = models.BigAutoField(primary_key=True)
    job_id = models.CharField(max_length=26, db_collation="C", db_index=True)
    skill = models.CharField(max_length=60, db_index=True)
    category = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job_id", "skill"], name="demand_once")]

    def __str__(self) -> str:
        return f"{self.skill} in {self.job_id}"
