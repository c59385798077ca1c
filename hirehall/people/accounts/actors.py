"""Who is doing something: a person acting for a party. Plain values, handed to every query and action."""

from dataclasses import dataclass

FREELANCER, CLIENT, AGENCY, SYSTEM_KIND = "freelancer", "client", "agency", "system"


@dataclass(frozen=True)
class Actor:
    """A person (`user_id`) acting for a party with a role; nobody in particular has neither."""

    user_id: int | None
    party_id: str | None
    kind: str = ""
    role: str = ""
    name: str = ""
    is_staff: bool = False
    time_zone: str = "UTC"
    language: str = "en"

    @property
    def is_freelancer(self) -> bool:
        """True for those who offer work: freelancers and agencies."""
        return self.kind in (FREELANCER, AGENCY)

    @property
    def is_client(self) -> bool:
        return self.kind == CLIENT

    @property
    def is_system(self) -> bool:
        return self.kind == SYSTEM_KIND

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None


NOBODY = Actor(user_id=None, party_id=None)
# Timed work (releases, closures) runs as this actor, so the log says that no person did it.
SYSTEM = Actor(user_id=None, party_id=None, kind=SYSTEM_KIND, role="system", name="Hirehall")
