"""The rooms of the house, from the lowest up."""

ROOMS = (
    "hirehall.kernel",
    "hirehall.people.accounts",
    "hirehall.people.screening",
    "hirehall.people.notifications",
    "hirehall.people.messages",
    "hirehall.money.ledger",
    "hirehall.money.payments",
    "hirehall.money.connects",
    "hirehall.money.memberships",
    "hirehall.money.documents",
    "hirehall.money.books",
    "hirehall.market.profiles",
    "hirehall.market.jobs",
    "hirehall.market.proposals",
    "hirehall.work.contracts",
    "hirehall.work.disputes",
    "hirehall.trust.reputation",
    "hirehall.guide.search",
    "hirehall.web",
    "hirehall.project",
)
