"""``sameside practice``: say it better, a quiz, what-ifs and role-play, typed at a keyboard or piped in."""

from __future__ import annotations

import argparse
import random
import sys
from typing import Any

from coach.bootstrap import make_services
from coach.errors import KnownError
from coach.practice import roleplay
from coach.practice.drills import Drill
from coach.practice.judging import UNSAID, Verdict, compare, kind_words
from coach.practice.quiz import Question
from coach.practice.scenario import HOT, Scenario
from coach.services.practice import EnginePractice
from coach.taxonomy import CONTENTIOUS

_MOST_TRIES = 5
_LETTERS = "abcdefgh"


class _Over(Exception):  # noqa: N818 not an error: the person wants to stop, or the input is at its end
    pass


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "practise: say it better, a quiz, what-ifs, role-play (typed answers)"
    parser = subparsers.add_parser("practice", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "what", nargs="?", default="drills", choices=("drills", "quiz", "role-play", "what-if", "progress")
    )
    parser.add_argument(
        "name", nargs="?", default="", help="the role-play to play; without it they are listed"
    )
    parser.add_argument("--count", type=_some, default=5, metavar="N", help="at most so many exercises")
    parser.add_argument(
        "--move", choices=CONTENTIOUS, metavar="MOVE", help="drills on this move only, such as blaming"
    )
    parser.add_argument("--no-save", action="store_true", help="leave no trace, and look at no call")
    parser.add_argument("--seed", type=int, help="the same choice every time")
    parser.set_defaults(run=run)


def _some(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of exercises: at least 1")
    return int(text)


def run(args: argparse.Namespace) -> int:
    services = make_services()
    try:
        practice = services.practice(random.Random(args.seed), save=not args.no_save)
        try:
            _PARTS[args.what](practice, args)
        except _Over:
            _say("\nUntil next time.")
        if args.what != "progress":
            _say(practice.rhythm().words)
    finally:
        services.close()
    return 0


def _drills(practice: EnginePractice, args: argparse.Namespace) -> None:
    drills = practice.drills(args.count, args.move)
    if not drills:
        _say("Nothing is due today. Come back tomorrow, or try the quiz: sameside practice quiz")
    for number, drill in enumerate(drills, start=1):
        _say(f"\n{number} of {len(drills)}  {_place(drill)}")
        _say(f"You said:     {drill.said}")
        if drill.customer:
            _say(f"They answer:  {drill.customer}")
        _say("Say it better. An empty line goes on, ? shows how it could be said, q stops.")
        _one_drill(practice, drill)


def _place(drill: Drill) -> str:
    return f"{drill.trade.replace('-', ' ')}, {drill.setting}" if drill.trade else "from your own call"


def _one_drill(practice: EnginePractice, drill: Drill) -> None:
    before, shown = drill.before, False
    for _ in range(_MOST_TRIES):
        said = _ask("You: ")
        if not said:
            break
        if said == "?":
            _show_ways(drill)
            shown = True
            continue
        feedback = practice.answer_drill(drill, said)
        _say(kind_words(feedback, practice.names))
        if feedback.verdict not in UNSAID:
            _say(compare(before, feedback.names, practice.names).words)
            before = feedback.names
        if feedback.verdict is Verdict.REPAIRED and not feedback.missing:
            break
    else:
        _say("That is plenty for today. It comes back.")
    if not shown:
        _show_ways(drill)


def _show_ways(drill: Drill) -> None:
    if drill.need:
        _say(f"What helps here: {drill.need}")
    for line in drill.good:
        _say(f"  For example: {line}")
    if drill.poor:
        _say(f"  Rather not:  {drill.poor} ({drill.poor_why})")


def _quiz(practice: EnginePractice, args: argparse.Namespace) -> None:
    questions = practice.quiz(args.count)
    right = 0
    for number, question in enumerate(questions, start=1):
        _show_question(number, len(questions), question)
        answered = practice.answer_question(question, _choice(len(question.options)))
        right += answered.right
        _say(answered.words)
    _say(f"\n{right} of {len(questions)} right." if questions else "No question is due today.")


def _show_question(number: int, total: int, question: Question) -> None:
    _say(f"\n{number} of {total}")
    if question.item.turn:
        _say(f"“{question.item.turn}”")
    _say(question.ask)
    for letter, option in zip(_LETTERS, question.options, strict=False):
        _say(f"  {letter}) {option}")


def _choice(options: int) -> set[int]:
    """Places of the letters typed, such as "a" or "a, c"; asked again until each is an option."""
    while True:
        typed = "".join(_ask("Letter: ").lower().replace(",", " ").split())
        if typed and set(typed) <= set(_LETTERS[:options]):
            return {_LETTERS.index(letter) for letter in typed}
        _say(f"Type one of the letters {', '.join(_LETTERS[:options])}, or q to stop.")


def _role_play(practice: EnginePractice, args: argparse.Namespace) -> None:
    scenario = practice.library.scenario(args.name)
    if scenario is None:
        if args.name:
            raise KnownError(
                "role-play-unknown", f"There is no role-play {args.name}. Leave out the name for a list."
            )
        for one in practice.library.scenarios:
            _say(f"{one.id:<28} {one.title} ({one.trade.replace('-', ' ')}, {one.setting})")
        _say("Play one: sameside practice role-play NAME")
        return
    _play(practice, scenario)


def _play(practice: EnginePractice, scenario: Scenario) -> None:
    _say(f"{scenario.title}\n{scenario.customer}.\n{scenario.brief}\n")
    standing = roleplay.begin(scenario)
    _say_customer(standing.line, standing.heat)
    while standing.ending is None:
        heard = practice.say(scenario, standing, _ask("You: "))
        standing = heard.standing
        _say(f"  heard: {_named(practice, heard.moves)}")
        _say_customer(standing.line, standing.heat)
    _say("\n" + practice.end_role_play(scenario, standing).words)


def _say_customer(line: str, heat: int) -> None:
    _say(f"[{'#' * heat}{'.' * (HOT - heat)}] {line}")


def _named(practice: EnginePractice, moves: tuple[str, ...]) -> str:
    return ", ".join(practice.names.get(move, move).lower() for move in moves) or "no move"


def _what_if(practice: EnginePractice, args: argparse.Namespace) -> None:
    known = list(practice.library.what_ifs)
    random.Random(args.seed).shuffle(known)
    for turn in known[: args.count]:
        _say(f"\nThey said: {turn.customer}\nYou said:  {turn.said}\nWhat if you had said:")
        for letter, way in zip(_LETTERS, turn.instead, strict=False):
            _say(f"  {letter}) {way.say}")
        for place in sorted(_choice(len(turn.instead))):
            way = turn.instead[place]
            _say(f"They would likely say: {way.reply} (That {way.effect}.)")


def _progress(practice: EnginePractice, _args: argparse.Namespace) -> None:
    _say("week of      words  worse/1000  repairs/1000  repaired  drills  quiz  role-plays")
    for week in practice.weeks():
        share = "-" if week.share_repaired is None else f"{week.share_repaired:.0%}"
        _say(
            f"{week.monday}  {week.words:>6}  {_rate(week.contentious_per_1000):>10}"
            f"  {_rate(week.repairs_per_1000):>12}  {share:>8}  {week.drills:>6}  {week.quiz_items:>4}"
            f"  {week.role_plays:>10}"
        )
    _say(practice.rhythm().words)


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _ask(prompt: str) -> str:
    """One line from the keyboard or the pipe. Raises ``_Over`` at its end, or for a lone q."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    if not line or line.strip().lower() == "q":
        raise _Over
    return line.strip()


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


_PARTS = {
    "drills": _drills,
    "quiz": _quiz,
    "role-play": _role_play,
    "what-if": _what_if,
    "progress": _progress,
}
