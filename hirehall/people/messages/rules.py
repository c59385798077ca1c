"""What may be posted. Pure; the contents are judged by screening."""

from hirehall.kernel.errors import Refused
from hirehall.people.screening.rules import why_not_file_name, why_not_send

LONGEST_TEXT = 10_000
MOST_FILES = 10


def why_not_post(text: str, file_names: list[str], *, contract_started: bool) -> Refused | None:
    """The reason to stop a message before it is sent."""
    if not text.strip() and not file_names:
        return Refused("message:empty", "Write something, or add a file.", field="text")
    if len(text) > LONGEST_TEXT:
        return Refused("message:long", "A message has at most 10,000 characters.", field="text")
    if len(file_names) > MOST_FILES:
        return Refused("message:files", "Add at most %(most)s files to one message.", values={"most": MOST_FILES}, field="files")
    for name in file_names:
        refusal = why_not_file_name(name, contract_started)
        if refusal:
            return refusal
    return why_not_send(text, contract_started=contract_started, field="text")
