"""Policy: what is wrong in the file is named with file, line, key and reason; old versions are kept."""

from dataclasses import dataclass

import pytest

from hirehall.kernel import clock, policy
from hirehall.kernel.models import PolicyVersion


@dataclass(frozen=True)
class Step:
    up_to_minor: int
    connects: int


@dataclass(frozen=True)
class Sample:
    days: int
    factor: float
    name: str
    steps: tuple[Step, ...]
    fees: dict[str, int]

    def __post_init__(self):
        if self.days > 100:
            raise ValueError("days: at most 100.")


GOOD = """version = 1
[sample]
days = 3
factor = 1
name = "x"
steps = [{up_to_minor = 5, connects = 2}]
fees = {bank = 100}
"""


@pytest.fixture
def only_sample(monkeypatch):
    monkeypatch.setattr(policy, "_sections", {"sample": Sample})
    monkeypatch.setattr(policy, "_current", {})
    monkeypatch.setattr(policy, "_old", {})
    monkeypatch.setattr(policy, "_source", {"text": "", "version": 0})


@pytest.mark.feature("OPS-02")
def test_values_arrive_typed(only_sample, tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(GOOD)
    policy.load(path)
    assert policy.of(Sample) == Sample(3, 1.0, "x", (Step(5, 2),), {"bank": 100})
    assert policy.version() == 1


@pytest.mark.feature("OPS-02")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("days = 3", 'days = "3"', r"sample\.days \(line 3\): must be a whole number, not '3'"),
        ("days = 3", "days = true", r"sample\.days \(line 3\): must be a whole number"),
        ("days = 3", "days = -3", r"sample\.days \(line 3\): must not be negative"),
        ("days = 3", "days = 101", "sample: days: at most 100"),
        ("days = 3\n", "", r"sample\.days: missing"),
        ("days = 3", "days = 3\ndayz = 4", r"sample\.dayz \(line 4\): unknown key"),
        ("factor = 1", "factor = nan", r"sample\.factor \(line 4\): must be float, not nan"),
        ("factor = 1", "factor = inf", r"sample\.factor \(line 4\): must be float, not inf"),
        ('name = "x"', "name = 5", r"sample\.name .*must be str"),
        ("steps = [", "steps = 5 #", r"sample\.steps .*must be a list"),
        ("connects = 2", 'connects = "2"', r"connects.*whole number"),
        ("fees = {bank = 100}", "fees = 3", r"sample\.fees .*must be a table"),
        ("[sample]", "[other]", "other: no room owns this table"),
        ("version = 1", "version = 'a'", "version: must be a whole number"),
        ("[sample]", "[sample", "policy.toml"),
    ],
)
def test_what_is_wrong_stops_the_start_with_its_place(only_sample, tmp_path, old, new, said):
    path = tmp_path / "policy.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(policy.BadPolicy, match=said) as caught:
        policy.load(path)
    assert "policy.toml" in str(caught.value)


def test_a_missing_table_is_named(only_sample):
    with pytest.raises(policy.BadPolicy, match="sample: this table is missing"):
        policy.parse("version = 1", "policy.toml")


@pytest.mark.feature("OPS-02")
def test_contracts_keep_the_version_they_were_made_under(only_sample, tmp_path, db):
    path = tmp_path / "policy.toml"
    path.write_text(GOOD)
    policy.load(path)
    policy.remember_version()
    policy.remember_version()
    path.write_text(GOOD.replace("version = 1", "version = 2").replace("days = 3", "days = 9"))
    policy.load(path)
    policy.remember_version()
    assert (policy.of(Sample).days, policy.of(Sample, 1).days, policy.of(Sample, 2).days) == (9, 3, 9)
    assert PolicyVersion.objects.count() == 2


@pytest.mark.feature("OPS-02")
def test_a_used_version_cannot_change_its_values(only_sample, tmp_path, db):
    path = tmp_path / "policy.toml"
    path.write_text(GOOD)
    policy.load(path)
    policy.remember_version()
    path.write_text("# a remark\n" + GOOD)
    policy.load(path)
    policy.remember_version()
    path.write_text(GOOD.replace("days = 3", "days = 4"))
    policy.load(path)
    with pytest.raises(policy.BadPolicy, match="raise the number"):
        policy.remember_version()


@pytest.mark.feature("OPS-02")
@pytest.mark.django_db
def test_an_old_version_stays_readable_when_new_numbers_are_added(only_sample, tmp_path):
    PolicyVersion.objects.create(
        version=1, digest="x", since=clock.now(), text="version = 1\n[sample]\ndays = 9\nfees = {wallet = 1}\nold = 4\n[gone]\na = 1\n"
    )
    path = tmp_path / "policy.toml"
    path.write_text(GOOD.replace("version = 1", "version = 2"))
    policy.load(path)
    assert policy.of(Sample, 1) == Sample(9, 1.0, "x", (Step(5, 2),), {"wallet": 1})
    assert policy.of(Sample, 2).days == 3
