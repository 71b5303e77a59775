"""The part of the composition root that lays the playbook open."""

from __future__ import annotations

from collections.abc import Mapping

from coach.coaching.playbook import FLAGS, Entry, Playbook
from coach.errors import KnownError
from coach.taxonomy import CONTENTIOUS, REPAIR
from coach.values.handbook import Advice, Decide, Handbook, Plan, Words


def handbook_of(playbook: Playbook, own: bool = False, trouble: KnownError | None = None) -> Handbook:
    """The whole playbook in the order people read it."""
    authority = playbook.authority
    return Handbook(
        Decide(
            authority.title,
            authority.why,
            tuple((allowed.what, allowed.limit) for allowed in authority.may),
            authority.ask_first,
            authority.sources,
        ),
        tuple(
            Plan(name, plan.failure, plan.plan, plan.line, plan.sources)
            for name, plan in playbook.prepared.items()
        ),
        tuple(_advice(name, playbook.moves) for name in REPAIR),
        tuple(_advice(name, playbook.moves) for name in CONTENTIOUS),
        tuple(_advice(name, playbook.flags) for name in FLAGS),
        dict(playbook.sources),
        playbook.practice.sources,
        own and trouble is None,
        trouble.message if trouble else "",
    )


def _advice(name: str, entries: Mapping[str, Entry]) -> Advice:
    entry = entries[name]
    said = [Words(line.line, line.makes, line.where or "") for line in entry.say]
    said += [Words(example) for example in entry.examples]
    card = entry.praise or entry.title
    return Advice(name, entry.name or entry.title, entry.why, card, tuple(said), entry.sources)
