"""The evidence commands as a user types them: what is printed, what is said, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from tests.cli.reports import COURIER, write_reports

import muster
from muster.cli.app import COMMANDS, run_command_line
from muster.cli.reference import help_text

EVIDENCE = [command for command in COMMANDS if command.words.startswith("evidence ")]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of its own with two reports, to work in."""
    monkeypatch.chdir(tmp_path)
    write_reports(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    muster.add_files(folder / "evidence.ledger", write_reports(folder))
    return (folder / "evidence.ledger").read_bytes()


@pytest.fixture
def ledger(added, here):
    """The two reports in the ledger commands look for; the id of the figure of 13,000."""
    (here / "evidence.ledger").write_bytes(added)
    return find(13_000.0)


def find(point):
    with muster.open_ledger("evidence.ledger", create="never") as book:
        return next(entry.id for entry in book.claims() if entry.claim.point == point)


@pytest.fixture
def run(capsys):
    """Run a line: exit code, stdout, stderr."""

    def run(line, *more):
        capsys.readouterr()
        code = run_command_line([*line.split(), *more])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return run


@pytest.mark.parametrize("command", EVIDENCE, ids=lambda command: command.words)
def test_help_ends_with_an_example_of_the_command(command):
    text = help_text(command.words)
    assert text.rstrip().endswith(f"Example:  {command.example}")
    assert command.example.startswith(f"muster {command.words}")


def test_extract_prints_what_a_document_claims_and_stores_nothing(here, run):
    before = sorted(path.name for path in here.iterdir())
    code, out, err = run("evidence extract courier.txt")
    assert code == 0
    assert "at least 13,000  defected" in out
    assert "Veresk" not in out
    assert "check them" in err
    code, out, _ = run("evidence extract courier.txt --json --published 2023-06-05")
    found = json.loads(out)
    assert (code, found["document"]["published"]) == (0, "2023-06-05")
    assert {"claims", "trends", "testimonies", "contradictions", "unclassified"} <= set(found)
    places = {claim["point"]: COURIER[claim["start"] : claim["end"]] for claim in found["claims"]}
    assert (places[13_000.0], places[3_200.0]) == ("13,000", "3,200")
    assert sorted(path.name for path in here.iterdir()) == before


def test_add_says_what_became_of_each_file(here, run):
    code, out, err = run("evidence add courier.txt none.txt . gazette.txt courier.txt")
    assert code == 2
    lines = out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["courier.txt", "gazette.txt", "courier.txt"]
    assert "0 proposed" in lines[2]
    assert "known before" in lines[2]
    assert "none.txt: cannot be read" in err
    assert "is a folder. Give the path of a file." in err
    code, out, err = run("evidence add gazette.txt --json")
    assert (code, err) == (0, "")
    assert json.loads(out)[0]["added"]["new"] == []


def test_list_filters_and_tells_what_it_left(ledger, run):
    code, out, err = run("evidence list")
    assert code == 0
    assert len(out.splitlines()) == int(err.split()[0]) + 1
    rows = json.loads(run("evidence list --kind defected --document courier.txt --status proposed --json")[1])
    assert {row["record"]["kind"] for row in rows} == {"defected"}
    assert ledger in {row["id"] for row in rows}
    assert run("evidence list --status rejected") == (0, "", "No entry is like that.\n")


def test_show_prints_source_grade_and_history_of_an_entry(ledger, run):
    run(f"evidence decide {ledger} edited --reviewer kt --set branch=army --reason", "as the sentence before says")
    code, out, _ = run(f"evidence show {ledger[:8]} --ledger evidence.ledger")
    assert code == 0
    for words in ("edited", "Exile Council", "grade F6", "source: Soldiers slip away", "by kt: as the sentence before says"):
        assert words in out
    told = json.loads(run(f"evidence show {ledger} --ledger evidence.ledger --json")[1])
    assert [event["action"] for event in told["history"]] == ["proposed", "edited"]
    assert told["grade"]["code"] == "F6"


def test_show_without_a_ledger_prints_a_claim_of_the_pack(run):
    code, out, _ = run("evidence show MM161")
    assert code == 0
    for words in (
        "at least 13,000",
        "defected",
        "NUG (resistance)",
        "2021-02-01",
        "grade ",
        "https://",
        "  accepted by pack myanmar",
    ):
        assert words in out


def test_show_looks_into_the_ledger_of_the_folder_then_into_the_case(ledger, run):
    assert run(f"evidence show {ledger.upper()[:6]}")[2] == "From evidence.ledger.\n"
    code, out, err = run("evidence show mm161")
    assert (code, out[:5], err) == (0, "MM161", "From the claims of case myanmar.\n")
    assert run("evidence show MM161 --case myanmar")[2] == ""
    assert run("evidence show mm161 --case myanmar --json")[1].count('"time": ""') == 2


def test_a_source_is_rated_under_the_name_its_claims_have(here, run):
    text = "12 May 2023\n\nThe NUG said that 40 soldiers deserted in Sagaing in April.\n"
    (here / "nug.txt").write_text(text, encoding="utf-8")
    run("evidence add nug.txt")
    (row,) = [row for row in json.loads(run("evidence sources --json")[1]) if row["source"] != "article"]
    (rated,) = json.loads(run("evidence sources --json --reviewer kt", "National Unity Government", "C")[1])
    assert (rated["source"], rated["claims"], rated["reliability"]) == (row["source"], 1, "C")
    code, _, err = run("evidence sources --reviewer kt", "Ferry Times", "C")
    assert (code, 'Nothing in the ledger is said by "Ferry Times" yet' in err) == (0, True)


def test_who_speaks_in_the_ledger_may_be_rated_whatever_the_name(ledger, run):
    with muster.open_ledger("evidence.ledger") as book:
        book.decide(ledger, "edited", changes={"claimant": NAMED}, reviewer="kt", reason="as told")
    assert run("evidence sources --reviewer kt", NAMED, "C")[0] == 0


def test_a_table_taken_in_twice_changes_nothing_the_second_time(ledger, here, run):
    run("evidence export claims.csv")
    table = (here / "claims.csv").read_text(encoding="utf-8")
    table = table.replace(",proposed,", ",accepted,", 1).replace(",Exile Council,", ",Army Office,")
    table = ",rejected,".join(table.rsplit(",proposed,", 1))
    (here / "claims.csv").write_text(table, encoding="utf-8")
    assert run("evidence import claims.csv --reviewer kt")[0] == 0
    before = (here / "evidence.ledger").read_bytes()
    code, out, _ = run("evidence import claims.csv --reviewer kt")
    assert (code, out.startswith("claim: 0 edited, 0 accepted, 0 rejected")) == (0, True)
    assert (here / "evidence.ledger").read_bytes() == before


def test_a_document_is_withdrawn_and_comes_back(ledger, here, run):
    line = "evidence withdraw courier.txt --reviewer kt --reason retracted"
    assert run(line)[1].startswith("courier.txt is withdrawn, with ")
    assert {row["document"] for row in json.loads(run("evidence list --json --document courier.txt")[1])} == set()
    assert "is withdrawn already" in run(line)[2]
    assert 'no document "x.txt"' in run("evidence withdraw x.txt --reviewer kt --reason retracted")[2]
    run("evidence add courier.txt --new-key")
    assert json.loads(run("evidence list --json --document courier.txt")[1])


def test_decisions_by_command(ledger, run):
    assert run(f"evidence decide {ledger} accepted --reviewer A")[:2] == (0, f"{ledger} is now accepted.\n")
    code, _, err = run(f"evidence decide {ledger} rejected --reviewer B")
    assert code == 2
    assert f"{ledger} was accepted by A at" in err
    assert run(f"evidence decide {ledger} undo --reviewer A")[1] == f"{ledger} is now proposed.\n"
    parts = ("--part", "3,235 soldiers", "--part", "around 10,000 police")
    split = json.loads(run(f"evidence decide {ledger} split --reviewer A --json", *parts)[1])
    assert (split["status"], len(split["parts"])) == ("split", 2)
    part = json.loads(run(f"evidence show {split['parts'][1]} --ledger evidence.ledger --json")[1])
    assert (part["record"]["qualifier"], part["record"]["population"]) == ("about", "police")


def test_a_publication_may_be_known_to_a_month_or_a_year(here, run):
    found = json.loads(run("evidence extract courier.txt --json --published 2023-05")[1])["document"]
    assert (found["published"], found["published_until"]) == ("2023-05-01", "2023-05-31")
    assert run("evidence add courier.txt --published 2023")[0] == 0
    with muster.open_ledger("evidence.ledger") as book:
        (document,) = book.documents()
    assert (document.published.isoformat(), document.published_until.isoformat()) == ("2023-01-01", "2023-12-31")
    for day in ("1899-12-31", "2199-01-01"):
        assert "lies before 1900 or after tomorrow" in run(f"evidence extract courier.txt --published {day}")[2]


def test_what_was_noticed_in_reading_is_told(here, run):
    (here / "bare.txt").write_text("About 40 soldiers deserted, the Exile Council said.\n", encoding="utf-8")
    _, _, err = run("evidence extract bare.txt")
    assert "1 claim, 0 directions, 0 testimonies" in err
    assert "Note: title not stated; publisher not stated; day of publication not stated." in err
    assert "bare.txt: title not stated; publisher" in run("evidence add bare.txt")[2]
    (here / "copy.txt").write_bytes((here / "bare.txt").read_bytes())
    assert "(the same file as bare.txt)" in run("evidence add copy.txt")[1]
    assert run("evidence add copy.txt courier.txt -q") == (0, "", "")


def test_what_cannot_be_read_leaves_no_ledger_and_an_address_is_not_fetched(here, run):
    code, _, err = run("evidence add none.txt https://harbour.example/page")
    assert (code, "Nothing is fetched" in err) == (2, True)
    assert sorted(path.name for path in here.iterdir()) == ["courier.txt", "gazette.txt"]
    assert "Nothing is fetched" in run("evidence extract https://harbour.example/page")[2]


def test_a_lost_key_is_told_before_codes_change(ledger, here, run):
    before = (here / "evidence.ledger").read_bytes()
    code, out, err = run("evidence add gazette.txt")
    assert (code, out) == (2, "")
    assert "evidence.ledger.key is not there." in err
    assert (here / "evidence.ledger").read_bytes() == before
    assert run("evidence add gazette.txt --new-key")[0] == 0
    assert run("evidence add gazette.txt")[0] == 0


NAMED = "Private Zaw Htet Aung"


@pytest.mark.parametrize(
    ("line", "value", "field"),
    [
        ("decide ID edited --reviewer kt --set", f"claimant={NAMED}", "claimant"),
        ("decide ID rejected --reviewer kt --reason", f"{NAMED} told me", "reason"),
        ("decide ID split --reviewer kt --part 3,235 --part", f"3,000 men of {NAMED}", "population"),
        ("sources --reviewer kt", NAMED, "source"),
        ("sources NUG C --reviewer kt --reason", f"{NAMED} told me", "reason"),
    ],
)
def test_a_private_name_is_refused_before_it_is_kept_for_ever(line, value, field, ledger, here, run):
    before = (here / "evidence.ledger").read_bytes()
    words = [part.replace("3,235", "3,235 soldiers") for part in line.replace("ID", ledger).split()]
    more = [value, "C"] if field == "source" else [value]
    code, out, err = run("evidence", *words, *more)
    assert (code, out) == (2, "")
    assert f'"{field}" may hold the name of a private person' in err
    assert "role or a code" in err
    assert "Zaw" not in err
    assert (here / "evidence.ledger").read_bytes() == before


def test_a_public_figure_is_let_through_by_name_and_with_a_reason(ledger, run):
    line = f"evidence decide {ledger} edited --reviewer kt --set"
    name = "Zaw Htet Aung"
    assert run(line, f"claimant=Minister {name}", "--public", name)[2].startswith("A name is only let through with a reason.")
    assert run(line, f"claimant=Minister {name}", "--public", name, "--reason", "minister of the interior")[0] == 0
    assert run("evidence export history.jsonl")[0] == 0
    assert json.loads(run(f"evidence show {ledger} --ledger evidence.ledger --json")[1])["history"][1]["data"]["public"] == [name]


def test_a_place_below_the_first_level_is_refused_and_an_unknown_one_told(ledger, run):
    line = f"evidence decide {ledger} edited --reviewer kt --set"
    assert '"place" lies below the first level; nothing was kept. Write its region: Sagaing.' in run(line, "place=Monywa")[2]
    assert run(line, "place=Chin State")[2] == ""
    code, _, err = run(line, "place=Upper Ferry")
    assert (code, err) == (
        0, '"Upper Ferry" is no region or country known here. If it is a town, write its region instead.\n'
    )  # fmt: skip


def test_an_edited_table_with_a_private_name_is_not_taken_in(ledger, here, run):
    run("evidence export claims.csv")
    table = (here / "claims.csv").read_text(encoding="utf-8")
    (here / "claims.csv").write_text(table.replace(",Exile Council,", f",{NAMED},", 1), encoding="utf-8")
    code, _, err = run("evidence import claims.csv --reviewer kt")
    assert code == 2
    assert 'claims.csv, row 2, "claimant": may hold the name of a private person' in err
    assert "Zaw" not in err
    assert "proposed" in run("evidence list")[2]


def test_a_history_with_a_private_name_is_not_taken_in(ledger, here, run):
    from muster.evidence.ledger.lines import export_jsonl

    with muster.open_ledger("evidence.ledger") as book:
        book.decide(ledger, "rejected", reviewer="kt", reason=f"{NAMED} told me")
        export_jsonl(book, here / "theirs.jsonl")
    for more in ("--ledger new.ledger", "--second-reading"):
        code, out, err = run(f"evidence import theirs.jsonl --reviewer A {more}")
        assert (code, out) == (2, "")
        assert f"{ledger[:8]}, event " in err
        assert ", reason. Nothing was taken in." in err
        assert "Zaw" not in err
    assert not (here / "new.ledger").exists()


def test_a_refused_export_says_where_and_leaves_nothing(ledger, here, run):
    with muster.open_ledger("evidence.ledger") as book:
        book.decide(ledger, "edited", changes={"claimant": NAMED}, reviewer="kt", reason="as told")
    for target in ("claims.csv", "deep/tables", "history.jsonl"):
        code, out, err = run(f"evidence export {target}")
        assert (code, out) == (2, "")
        assert f"{ledger[:8]}, " in err
        assert "claimant" in err or ", new" in err
        assert "Zaw" not in err
        assert not (here / target).exists()
    assert not (here / "deep").exists()
    with muster.open_ledger("evidence.ledger") as book:
        book.undo(ledger, reviewer="kt")
    code, _, err = run("evidence export courier.txt/x.csv")
    assert (code, "--out" in err) == (2, False)
    assert "Export to another place." in err


def test_a_figure_is_decided_on_in_words(ledger, run):
    run(f"evidence decide {ledger} edited --reviewer kt --set", "figure=over 12")
    told = json.loads(run(f"evidence show {ledger} --ledger evidence.ledger --json")[1])["record"]
    assert (told["point"], told["lo"], told["hi"], told["qualifier"]) == (12, 12, None, "at_least")
    code, _, err = run(f"evidence decide {ledger} edited --reviewer kt --set", "figure=over 12 men")
    assert (code, '"men" stands behind the figure.' in err) == (2, True)


def test_conflicts_of_the_pack_and_of_a_ledger(ledger, run):
    code, out, err = run("evidence conflicts")
    assert (code, out, err.splitlines()[0]) == (0, "", "From evidence.ledger.")
    found = json.loads(run("evidence conflicts --case myanmar --json")[1])
    code, out, err = run("evidence conflicts --case myanmar")
    assert code == 0
    assert found
    assert err.startswith(f"{len(found)} to compare")
    assert all(identifier in out for one in found for identifier in one["claims"])
    assert run("evidence conflicts --ledger evidence.ledger")[2].startswith("No claim is reviewed yet")


def test_sources_are_listed_and_rated(ledger, run):
    code, out, _ = run("evidence sources --ledger evidence.ledger")
    assert code == 0
    assert "Exile Council" in out
    assert run("evidence sources", "Exile Council", "B")[2].startswith("A rating is signed.")
    code, out, _ = run("evidence sources --reviewer kt", "Exile Council", "b")
    assert (code, "B usually reliable" in out) == (0, True)
    (row,) = json.loads(run("evidence sources --json", "Exile Council")[1])
    assert (row["reliability"], row["basis"]) == ("B", "ledger")
    assert run("evidence sources Nobody")[0] == 2


def test_out_and_in_and_proved(ledger, run):
    assert run("evidence export history.jsonl")[1] == "history.jsonl\n"
    assert json.loads(run("evidence export tables --json")[1])[0].endswith("claims.csv")
    assert "0 events taken in" in run("evidence import history.jsonl --reviewer kt")[1]
    assert "0 of them second readings" in run("evidence import history.jsonl --reviewer kt --second-reading")[1]
    code, out, _ = run("evidence verify --json")
    told = json.loads(out)
    assert (code, told["whole"]) == (0, True)
    assert run(f"evidence verify --head {told['head']}")[0] == 0
    assert run("evidence verify --head 0000")[0] == 1


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("list --ledger none.ledger", "There is no ledger none.ledger."),
        ("list --ledger courier.txt", "courier.txt is not a ledger."),
        ("list --ledger .", "is not an ordinary file."),
        ("list --kind defcted", '"defcted" is not a kind. Did you mean "defected"?'),
        ("list --status open", '"open" is not a status.'),
        ("list --document x.txt", 'no document "x.txt". It has courier.txt or gazette.txt.'),
        ("show zzzz --ledger evidence.ledger", 'The ledger has no entry "zzzz".'),
        ("show MM9999", 'No claim of case myanmar is called "MM9999". For an entry of a ledger add --ledger FILE.'),
        ("show MM161 --case nowhere", 'There is no case "nowhere".'),
        ("extract", "FILE requires an argument. See: muster evidence extract --help"),
        ("extract none.txt", "none.txt: cannot be read"),
        ("extract .", "is a folder."),
        ("extract courier.txt --published 2031-13-01", "is not a day of the calendar."),
        ("add", "No file is given."),
        ("add courier.txt --published soon", '"soon" is not a date.'),
        ("add courier.txt --ledger none/a.ledger", "the folder none does not exist"),
        ("decide ID edited --reviewer kt --set kid=1", '"kid" is not a field of a claim. Did you mean "kind"?'),
        ("decide ID edited --reviewer kt --set kind=kiled", 'Did you mean "killed"?'),
        ("decide ID edited --reviewer kt --set kind", "Write FIELD=VALUE"),
        ("decide ID edited --reviewer kt", "edited needs --set."),
        ("decide ID accepted --reviewer kt --set kind=killed", "--set goes with edited, not with accepted."),
        ("decide ID merged --reviewer kt", "merged needs --into."),
        ("decide ID split --reviewer kt --part soldiers", '"soldiers" does not begin with a figure.'),
        ("decide ID acepted --reviewer kt", 'Did you mean "accepted"?'),
        ("decide ID undo --reviewer kt", "There is no decision on"),
        ("decide ID accepted", "--reviewer requires an argument."),
        ("export claims.xlsx", "ends in neither .csv nor .jsonl."),
        ("import none.csv --reviewer kt", "none.csv is not there."),
        ("import courier.txt --reviewer kt", "courier.txt, row 1"),
        ("import empty --reviewer kt", "empty holds none of claims.csv"),
        ("sources NUG Q --reviewer kt", '"Q" is not a grade of reliability.'),
        ("score empty", '"empty" holds no annotated text.'),
        ("score none", '"none" is not a folder.'),
    ],
)
def test_a_mistake_is_answered_by_a_sentence_and_changes_nothing(line, sentence, ledger, here, run):
    (here / "empty").mkdir()
    before = {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    code, out, err = run("evidence " + line.replace("ID", ledger))
    assert (code, out) == (2, "")
    assert sentence in err
    assert {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


def test_an_id_may_be_cut_to_four_letters(ledger, run):
    code, _, err = run(f"evidence decide {ledger[:3]} accepted --reviewer kt")
    assert (code, "no entry" in err) == (2, True)
    assert run(f"evidence decide {ledger[:6]} accepted --reviewer kt")[0] == 0


def test_ctrl_c_while_adding_keeps_what_was_added(here, run, monkeypatch):
    from muster.case import desk

    read = desk.read_document

    def interrupted(path, **more):
        if path.name == "gazette.txt":
            raise KeyboardInterrupt  # what the key raises; a signal would reach a parallel test run by chance only
        return read(path, **more)

    monkeypatch.setattr(desk, "read_document", interrupted)
    code, _, err = run("evidence add courier.txt gazette.txt")
    assert (code, err) == (130, "Interrupted; nothing half-written is left behind.\n")
    monkeypatch.undo()
    os.chdir(here)
    assert run("evidence verify")[0] == 0
    assert {row["document"] for row in json.loads(run("evidence list --json")[1])} != set()
    assert "known before" in run("evidence add courier.txt gazette.txt")[1].splitlines()[0]


@pytest.mark.parametrize("line", ["evidence list --json", "evidence extract courier.txt", "evidence verify"])
def test_a_reader_that_goes_away_and_a_full_disk(line, ledger):
    program = f"import sys; sys.argv = ['muster', *{line.split()!r}]\nfrom muster.__main__ import main\nmain()"
    gone = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    gone.stdout.close()
    said = gone.stderr.read()
    assert b"Traceback" not in said
    assert b"Error" not in said
    assert gone.wait() == 0
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"What is printed cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr
