"""The review as a person has it: at a terminal of 60 or 80 columns, and line by line from a pipe."""

from __future__ import annotations

import io
import os
import re
import select
import struct
import sys
import time
from contextlib import suppress
from dataclasses import replace

import pytest
from tests.evidence.ledger.builders import PLAIN, document

from muster.cli import review as review_command
from muster.cli.app import run_command_line
from muster.evidence.ledger import open_ledger
from muster.evidence.record import Extraction, Trend, Unclassified, claim_id
from muster.evidence.record import Testimony as Person
from muster.evidence.telling import figure_place

PATIENCE = 30


def claim_in(document, quote, figure, *, start=100, **fields):
    """A claim whose sentence holds ``figure``; the rest as in the plain one."""
    begin = start + quote.index(figure)
    made = replace(
        PLAIN,
        start=begin,
        end=begin + len(figure),
        sentence_start=start,
        sentence_end=start + len(quote),
        quote=quote,
        claimant="Exile Council",
        **fields,
    )
    return replace(made, id=claim_id(document.sha256, made.start, made.end, made.kind))


def exact(value):
    return {"point": value, "lo": value, "hi": value, "qualifier": "exact"}


def two_reports():
    """A courier and a gazette, with nine entries: a figure told by both, a total, a few dead, a number of no kind, others."""
    courier, gazette = document("courier.txt", "the courier"), document("gazette.txt", "the gazette")
    told = "Over 13,000 soldiers and police have left, the Exile Council said."
    long_told = f"In its third year of war, {told[0].lower()}{told[1:]}"
    yield Extraction(
        courier,
        claims=(
            claim_in(courier, told, "13,000"),
            claim_in(courier, "Some 3,200 of them are soldiers.", "3,200", start=300, population="soldiers", **exact(3_200.0)),
        ),
        trends=(Trend(5, 9, "Fewer men enlist.", "recruitment", -1, None, None, "article", "independent", None, None),),
        testimonies=(Person("P-3f2a", 4, 20, "P-3f2a left.", "defected", "18-24", None, None, None, None, ("shaming",)),),
    )
    army = "The army has 90,000 soldiers and police, 90 of them women."
    killed = "Seven soldiers\nwere killed by 7 men at 7."
    yield Extraction(
        gazette,
        claims=(
            claim_in(gazette, long_told, "13,000"),
            claim_in(gazette, army, "90,000", start=300, kind="strength", measure="stock", **exact(90_000.0)),
            claim_in(gazette, killed, "Seven", start=500, kind="killed", measure="flow", population="soldiers", **exact(7.0)),
        ),
        trends=(Trend(5, 9, "Villages burn.", "brutality", 1, None, None, "article", "independent", None, None),),
        unclassified=(Unclassified(700, 703, "The clerk wrote 552 in the margin.", 552.0, 552.0, 552.0, "exact", "no rule"),),
    )


ENTRIES = 9


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A ledger of the two reports, to be copied; the command has run once, so that children begin with it loaded."""
    path = tmp_path_factory.mktemp("reports") / "case.ledger"
    with open_ledger(path) as book:
        for extraction in two_reports():
            book.add(extraction)
    data = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("a\n"))
        assert run_command_line(["evidence", "review", "--reviewer", "kt", "--ledger", str(path)]) == 0
    return data


@pytest.fixture
def ledger(reviewed, tmp_path):
    path = tmp_path / "case.ledger"
    path.write_bytes(reviewed)
    return path


def entries(path):
    with open_ledger(path) as book:
        assert book.verify().problems == ()
        return {entry.id[:8]: entry for entry in book.entries()}


def pipe(path, typed, monkeypatch, capsys, *more):
    """A review fed from a pipe: exit code, what stood on the screen, what was said."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    capsys.readouterr()
    code = run_command_line(["evidence", "review", "--reviewer", "kt", "--ledger", str(path), *more])
    said = capsys.readouterr()
    return code, said.out, said.err


class Terminal:
    """A review at a terminal, in a child; keys are struck only when it waits for one."""

    def __init__(self, path, reviewer="kt", columns=80):
        pty = pytest.importorskip("pty")
        self.child, self.line = pty.fork()
        if self.child == 0:
            sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
            os.environ.update(TERM="xterm", COLUMNS=str(columns), LINES="40")
            code = 1
            try:
                code = run_command_line(["evidence", "review", "--reviewer", reviewer, "--ledger", str(path)])
                sys.stdout.flush()
            finally:
                os._exit(code)
        import fcntl
        import termios

        fcntl.ioctl(self.line, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.screen = self._read_until(single_keys=True)

    def key(self, key):
        """Strike a key; the screen that follows."""
        os.write(self.line, key.encode())
        self.screen = self._read_until(single_keys=True)
        return self.screen

    def question(self, key):
        """Strike a key or answer that leads to a question."""
        os.write(self.line, key.encode())
        return self._read_until(single_keys=False)

    def _read_until(self, *, single_keys):
        """What is written until it waits: for single keys, or for a line after a question."""
        import termios

        text, until = "", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if select.select([self.line], [], [], 0.02)[0]:
                with suppress(OSError):
                    text += os.read(self.line, 1 << 16).decode()
                continue
            raw = not termios.tcgetattr(self.line)[3] & termios.ICANON
            if raw == single_keys and (plain(text).rstrip().endswith(("q", "?")) if single_keys else text.endswith((": ", "? "))):
                return plain(text)
        raise AssertionError(f"Nothing more came after: {text[-400:]!r}")

    def leave(self, key):
        """Strike a key that ends it; what was said last, and the exit code."""
        os.write(self.line, key.encode())
        text = ""
        with suppress(OSError):
            while block := os.read(self.line, 1 << 16):
                text += block.decode()
        os.close(self.line)
        return plain(text).strip(), os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def plain(text):
    """Without colours, line ends as in a file; from the last clearing of the screen on."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", re.split(r"\x1b\[2J", text)[-1]).replace("\r\n", "\n")


def shown(screen):
    """The id of the entry on a screen."""
    return re.search(r"(?:claim|trend|testimony) ([0-9a-f]{8})", screen).group(1)


@pytest.mark.parametrize("columns", [60, 80])
def test_an_entry_is_a_screen_that_fits(ledger, columns):
    desk = Terminal(ledger, columns=columns)
    assert desk.screen.startswith("1 of 9 · ")
    assert max(len(line.rstrip()) for line in desk.screen.splitlines()) <= columns
    assert len(desk.screen.splitlines()) <= 24
    for label in ("figure", "kind", "whom", "claimant", "when", "where", "source"):
        assert re.search(rf"^{label} +\S", desk.screen, re.MULTILINE)
    assert desk.leave("q") == ("0 decided, 9 left. Each decision is kept.", 0)


def test_one_key_decides_and_u_takes_back_again_and_again(ledger):
    desk = Terminal(ledger)
    first, second = shown(desk.screen), shown(desk.key("a"))
    assert desk.screen.startswith("2 of 9")
    third = shown(desk.key("a"))
    assert len({first, second, third}) == 3
    assert [entries(ledger)[name].status for name in (first, second, third)] == ["accepted", "accepted", "proposed"]
    assert shown(desk.key("u")) == second
    assert shown(desk.key("u")) == first
    assert "Nothing more to undo" in desk.key("u")
    assert desk.leave("q")[0].startswith("0 decided, 9 left.")
    assert {entry.status for entry in entries(ledger).values()} == {"proposed"}


def test_questions_work_between_single_keys(ledger):
    desk = Terminal(ledger)
    name = shown(desk.screen)
    menu = desk.question("e")
    assert re.search(r" 1 figure +\S", menu)
    assert "army" in desk.question("branch\n")
    assert '"branch" holds "infantry".' in desk.question("infantry\n")
    assert re.search(r"branch +\* police", desk.question("2\n"))
    desk.question("\n")
    assert "decided" in desk.key("two words of why\n")
    entry = entries(ledger)[name]
    assert (entry.status, entry.claim.branch, entry.reason) == ("edited", "police", "two words of why")
    assert desk.leave("q")[0].startswith("1 decided, 8 left.")


def test_ctrl_c_and_a_closed_input_lose_nothing(ledger):
    desk = Terminal(ledger)
    name = shown(desk.screen)
    desk.key("a")
    said, code = desk.leave("\x03")
    assert (said.splitlines()[-1], code) == ("1 decided, 8 left. Each decision is kept.", 130)
    desk = Terminal(ledger)
    desk.question("r")
    assert desk.leave("\x04")[1] == 0
    assert [found for found, entry in entries(ledger).items() if entry.status != "proposed"] == [name]


def test_two_reviewers_are_told_of_each_other(ledger):
    ours, theirs = Terminal(ledger, "A"), Terminal(ledger, "B")
    name = shown(ours.screen)
    assert shown(theirs.screen) == name
    ours.key("a")
    told = " ".join(theirs.key("a").split())
    assert "was accepted by A at" in told
    assert shown(theirs.screen) == name
    assert shown(theirs.key("n")) != name
    theirs.key("a")
    assert "passed over" not in ours.screen
    assert ours.leave("q")[1] == theirs.leave("q")[1] == 0
    assert entries(ledger)[name].reviewer == "A"


def test_entries_decided_meanwhile_are_passed_over(ledger, monkeypatch, capsys):
    seen = []
    original = review_command._page

    def page(sitting, *, why, whole):
        if not seen:
            following = sitting.queue[1]
            with open_ledger(ledger) as other:
                other.decide(following, "rejected", reviewer="B")
        seen.append(sitting.queue[sitting.place])
        return original(sitting, why=why, whole=whole)

    monkeypatch.setattr(review_command, "_page", page)
    code, out, err = pipe(ledger, "a\nq\n", monkeypatch, capsys)
    assert code == 0
    assert "1 passed over, decided by B meanwhile." in out
    assert "1 decided, 7 left." in err


def test_an_edit_is_taken_back_whole(ledger, monkeypatch, capsys):
    before = entries(ledger)
    code, out, _ = pipe(ledger, "e\nfigure\naround 2,500\nbranch\n1\n\nmisread\nu\nq\n", monkeypatch, capsys)
    assert code == 0
    assert re.search(r"figure +about 2,500", out)
    assert {name: (entry.status, entry.record) for name, entry in entries(ledger).items()} == {
        name: ("proposed", entry.record) for name, entry in before.items()
    }


def test_fields_that_do_not_hold_together_are_refused_and_the_menu_stays(ledger, monkeypatch, capsys):
    _, _, err = pipe(ledger, "e\nlo\n9999999\nhi\n5\n\nx\nq\n", monkeypatch, capsys)
    assert '"lo" is 9999999, above hi, 5.' in err
    _, _, err = pipe(ledger, "e\nnonsense\ndate_lo\nsoon\n\n\nq\n", monkeypatch, capsys)
    assert "There is no field 'nonsense' in the menu." in err
    assert '"date_lo" holds "soon".' in err
    assert {entry.status for entry in entries(ledger).values()} == {"proposed"}


def test_a_private_name_is_asked_for_again(ledger, monkeypatch, capsys):
    named = "Private Zaw Htet Aung"
    typed = f"e\nclaimant\n{named}\na deserter\n\n{named} said so\nas he says\nn\nr\n{named}\nmisread\nq\n"
    code, _, err = pipe(ledger, typed, monkeypatch, capsys)
    assert code == 0
    assert err.count("may hold the name of a private person") == 3
    after = [entry for entry in entries(ledger).values() if entry.reviewer]
    assert sorted((entry.status, entry.reason) for entry in after) == [("edited", "as he says"), ("rejected", "misread")]
    assert b"Zaw" not in ledger.read_bytes()


def test_a_split_has_figures_and_populations_of_its_own(ledger, monkeypatch, capsys):
    name = find(ledger, point=90_000.0)
    typed = f"{to(ledger, name)}s\nmany\n60,000 soldiers\n30,000\naround 30,000 police\n\nq\n"
    code, _, err = pipe(ledger, typed, monkeypatch, capsys)
    assert code == 0
    assert '"many" does not begin with a figure.' in err
    assert '"30,000" does not say whom it counts.' in err
    after = entries(ledger)
    parts = [after[part[:8]] for part in after[name].parts]
    assert [(one.claim.point, one.claim.population, one.claim.qualifier) for one in parts] == [
        (60_000.0, "soldiers", "exact"),
        (30_000.0, "police", "about"),
    ]
    assert {(one.status, one.claim.kind, one.claim.claimant) for one in parts} == {
        ("accepted", after[name].claim.kind, after[name].claim.claimant)
    }


def test_likely_duplicates_are_named_and_merged_by_number(ledger, monkeypatch, capsys):
    name = find(ledger, point=13_000.0)
    other = find(ledger, point=13_000.0, number=1)
    code, out, _ = pipe(ledger, f"{to(ledger, name)}m\n1\nq\n", monkeypatch, capsys)
    assert code == 0
    assert re.search(rf"same\? +{other} \(proposed\) at least 13,000 defected", out)
    after = entries(ledger)
    assert (after[name].status, after[name].merged_into[:8]) == ("merged", other)
    _, out, _ = pipe(ledger, "m\nffff0000\nq\n", monkeypatch, capsys)
    assert 'The ledger has no entry "ffff0000".' in out


def test_a_conflict_is_shown_before_the_decision(ledger, monkeypatch, capsys):
    name, other = find(ledger, point=13_000.0), find(ledger, point=13_000.0, number=1)
    with open_ledger(ledger) as book:
        full = book.entry(other).id
        changes = {"point": 900.0, "lo": 900.0, "hi": 900.0, "qualifier": "exact", "claimant": "Army Office"}
        book.decide(full, "edited", changes=changes, reviewer="B")
        book.group(book.entry(other).document, origin="apart", reviewer="B")
    _, out, _ = pipe(ledger, f"{to(ledger, name)}q\n", monkeypatch, capsys)
    assert re.search(r"compare +\S", out)
    assert f"({other})" in " ".join(out.split())


def test_a_number_without_a_kind_is_not_accepted(ledger, monkeypatch, capsys):
    name = find(ledger, kind="unclassified")
    code, out, err = pipe(ledger, f"{to(ledger, name)}a\nk\nx\nk\n2\nq\n", monkeypatch, capsys)
    assert code == 0
    assert "This number has no kind yet: k gives it one, r rejects it." in out
    assert "Nothing was changed." in out
    assert "Which kind" in err
    assert (entries(ledger)[name].claim.kind, entries(ledger)[name].claim.unit) == ("deserted", "persons")


def test_the_end_of_the_queue_can_still_be_undone(ledger, monkeypatch, capsys):
    code, out, err = pipe(ledger, finish(ledger) + "a\nu\nu\nq\n", monkeypatch, capsys)
    assert code == 0
    assert f"The queue is at its end: {ENTRIES} decided, 0 left." in out
    assert "The queue is at its end: b goes back" in out
    assert f"{ENTRIES - 2} decided, 2 left." in err


def test_a_long_passage_is_shown_around_its_figure_and_whole_by_a_key(tmp_path, monkeypatch, capsys):
    report = document("ferry.txt", "the ferry")
    quote = f"It {'really ' * 60}happened that 4,100 soldiers left{' again' * 60} at last."
    path = tmp_path / "case.ledger"
    with open_ledger(path) as book:
        book.add(Extraction(report, claims=(claim_in(report, quote, "4,100", **exact(4_100.0)),)))
    code, out, _ = pipe(path, "v\nv\nq\n", monkeypatch, capsys)
    screens = [" ".join(screen.split()) for screen in out.split("1 of 1")[1:]]
    assert code == 0
    assert [quote in screen for screen in screens] == [False, True, False]
    assert ["v shows all" in screen for screen in screens] == [True, False, True]
    assert "… really" in screens[0]
    assert "that 4,100 soldiers" in screens[0]
    assert "again … v shows all" in screens[0]


def test_why_and_wrong_keys(ledger, monkeypatch, capsys):
    _, out, _ = pipe(ledger, "?\nw\nb\nq\n", monkeypatch, capsys)
    assert re.search(r"^why +\S", out, re.MULTILINE)
    assert "There is no key 'w'." in out
    assert "This is the first." in out


def test_nothing_to_review_an_unknown_document_and_no_input(ledger, monkeypatch, capsys):
    code, out, err = pipe(ledger, "", monkeypatch, capsys, "--document", "gazette.txt")
    assert (code, out.splitlines()[0][:7], err.strip()) == (0, "1 of 5 ", "0 decided, 5 left. Each decision is kept.")
    code, _, err = pipe(ledger, "", monkeypatch, capsys, "--document", "gazete.txt")
    assert (code, err) == (
        2,
        'The ledger has no document "gazete.txt". Did you mean "gazette.txt"? It has courier.txt or gazette.txt.\n',
    )
    monkeypatch.setattr(sys, "stdin", None)
    assert run_command_line(["evidence", "review", "--reviewer", "kt", "--ledger", str(ledger)]) == 0
    assert run_command_line(["evidence", "review", "--reviewer", " ", "--ledger", str(ledger)]) == 2
    pipe(ledger, finish(ledger), monkeypatch, capsys)
    assert pipe(ledger, "", monkeypatch, capsys) == (0, "", "Nothing waits for review.\n")


def test_the_figure_is_found_in_its_sentence(ledger):
    places = {}
    for entry in entries(ledger).values():
        if entry.type == "claim":
            start, end = figure_place(entry)
            places[entry.claim.point] = entry.record.quote[start:end]
    assert places == {13_000.0: "13,000", 3_200.0: "3,200", 90_000.0: "90,000", 7.0: "Seven", 552.0: "552"}


def test_a_figure_moved_by_redaction_is_found_by_its_value_and_the_nearest_of_equal_ones(ledger):
    entry = entries(ledger)[find(ledger, point=7.0)]
    quote = "P-3f2a91, of the second company, said that 7 men, at 7, met seven others."
    middle = replace(entry.claim, quote=quote, start=500 + 45, end=500 + 46, sentence_end=500 + len(quote))
    start, end = figure_place(replace(entry, record=middle, proposal=middle))
    assert quote[: start + 1] == "P-3f2a91, of the second company, said that 7"
    gone = replace(middle, quote="It was said that many left.")
    assert figure_place(replace(entry, record=gone, proposal=gone)) is None


def find(path, *, number=0, **fields):
    """The short id of an entry with these fields, in the order of the ledger."""
    having = [name for name, one in entries(path).items() if all(getattr(one.record, k, None) == v for k, v in fields.items())]
    return having[number]


def finish(path):
    """The keys that decide on every entry: the number of no kind is rejected, the others are accepted."""
    kinds = [getattr(entry.record, "kind", "") for entry in in_order(path)]
    return "".join("r\n\n" if kind == "unclassified" else "a\n" for kind in kinds)


def in_order(path):
    """The entries that wait, as a review shows them."""
    from muster.evidence.ledger.order import review_order

    return review_order(entry for entry in entries(path).values() if entry.status == "proposed")


def to(path, name):
    """The keys that lead to an entry from the first one."""
    return "n\n" * [entry.id[:8] for entry in in_order(path)].index(name)
