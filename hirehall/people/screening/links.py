"""Decides about one link on a profile: only hosts where people of the trade show their work.

Parsing only, nothing is fetched. Every trick that makes a link look like another host is refused:
a user part, a port, letters of other scripts, a host that merely begins or ends like a known one.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from hirehall.kernel.errors import Refused

# Shipped with the house; "*." takes any one name in front (docs/policy/contact.md).
TRADE_HOSTS = (
    "github.com", "gist.github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht", "*.sr.ht",
    "stackoverflow.com", "*.stackoverflow.com", "*.stackexchange.com", "superuser.com", "serverfault.com",
    "behance.net", "dribbble.com", "artstation.com", "deviantart.com", "codepen.io", "kaggle.com",
    "huggingface.co", "npmjs.com", "pypi.org", "crates.io", "leetcode.com", "hackerrank.com", "dev.to",
    "soundcloud.com", "vimeo.com", "orcid.org", "scholar.google.com", "figma.com",
)  # fmt: skip
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
UNSAFE = re.compile(r"[\s\x00-\x20\x7f\\<>\"'`{}|^]")
LONGEST_LINK = 500


def why_not_link(url: str, allowed_hosts: Iterable[str]) -> Refused | None:
    """Refused when the link is malformed, disguised, or leads where no trade work is shown."""
    hosts = sorted(set(allowed_hosts))
    url = url.strip()
    if not url or len(url) > LONGEST_LINK or UNSAFE.search(url):
        return Refused(
            "screening:link_malformed",
            "This is not a complete web link. Paste it as the browser shows it, beginning with https://.",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return Refused(
            "screening:link_malformed",
            "This is not a complete web link. Paste it as the browser shows it, beginning with https://.",
        )
    if parts.scheme.lower() != "https" or not parts.hostname:
        return Refused("screening:link_malformed", "A link has to begin with https://.")
    if "@" in parts.netloc or port is not None or parts.netloc.endswith(":"):
        return Refused(
            "screening:link_disguised",
            "A link may not carry a user name or a port before the page. Paste the plain link.",
        )
    host = parts.hostname.lower().removesuffix(".").removeprefix("www.")
    if not host.isascii() or "xn--" in host or not HOST.fullmatch(host):
        return Refused(
            "screening:link_disguised",
            "“%(host)s” is written with letters or numbers that can hide another site. Use its usual name.", values={"host": host},
        )
    if not any(is_host(host, allowed) for allowed in hosts):
        shown = ", ".join(hosts)
        return Refused(
            "screening:link_host",
            "Links to %(host)s are not shown here. Link to a place where your work is shown: %(places)s.", values={"host": host, "places": shown},
            hosts=hosts,
        )
    if not parts.path.strip("/"):
        return Refused(
            "screening:link_bare", "This leads to the front page of %(host)s. Link to your own page or work there.", values={"host": host}
        )
    return None


def is_host(host: str, allowed: str) -> bool:
    """`*.x.org` takes one name in front of x.org; anything else has to be the very host."""
    name = allowed.lower().removeprefix("www.")
    if name.startswith("*."):
        return host.partition(".")[2] == name[2:]
    return host == name
