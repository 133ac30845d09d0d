"""The table of commands, the way in, and what happens when something goes wrong."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cyclopts import App, CycloptsError, Parameter

import muster
from muster.cli.terminal import say
from muster.core.errors import MusterError


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words, where its function lives, one line about it, and an example that works.

    The function is imported when the command is used, so that ``muster --help`` stays quick.
    """

    words: str
    target: str
    summary: str
    example: str


COMMANDS = (
    Command(
        "demo", "demo:demo", "Simulate the shipped case, print what happens, write a report.", "muster demo --out demo-output"
    ),
    Command("run", "run:run", "Simulate one history of a case.", "muster run myanmar --seed 2 --until 2021-06-30"),
    Command("rerun", "run:rerun_folder", "Repeat a saved run and compare the results.", "muster rerun my-run"),
    Command(
        "ensemble",
        "ensemble:ensemble",
        "Simulate many histories under scenarios into a folder; resumes.",
        "muster ensemble myanmar --draws 40 --scenarios baseline,more-safehouses --out my-runs",
    ),
    Command("runs", "ensemble:runs", "List what such a folder holds and lacks.", "muster runs my-runs"),
    Command(
        "sweep",
        "sweep:sweep",
        "Turn a parameter or lever and tell what changes.",
        "muster sweep myanmar --lever places=0.5:2:4 --draws 10",
    ),
    Command(
        "fit",
        "fitting:fit",
        "Learn the parameters of a case from its claims.",
        "muster fit myanmar --until 2023-10-26 --out my-fit",
    ),
    Command(
        "check",
        "checking:check",
        "Hold a fit against its reports, and against patterns it was not fitted to.",
        "muster check myanmar --draws 20",
    ),
    Command(
        "forecast",
        "fitting:forecast",
        "Forecast from what was known on a day.",
        "muster forecast myanmar --until 2024-06-30 --months 12 --out my-forecast",
    ),
    Command(
        "register",
        "fitting:list_register",
        "List a register of forecasts and check that it is unchanged.",
        "muster register forecasts.jsonl",
    ),
    Command("score", "fitting:score", "Judge a forecast by later claims.", "muster score my-forecast --claims later.csv"),
    Command(
        "assumptions", "knowing:assumptions", "Rank what a forecast assumes without evidence.", "muster assumptions my-forecast"
    ),
    Command("inform", "knowing:inform", "Rank further reports by what they would tell.", "muster inform my-forecast"),
    Command("why-number", "meaning:why_number", "Say what a reported figure means.", "muster why-number MM161"),
    Command(
        "compare",
        "comparing:compare",
        "Say what a scenario changes, with intervals.",
        "muster compare tinyland baseline early-cash --by branch",
    ),
    Command("why", "explaining:why", "Share out a difference over what carries it.", "muster why tinyland early-cash --draws 4"),
    Command("motives", "explaining:motives", "Say what moved those who left.", "muster motives tinyland --branch infantry"),
    Command(
        "sensitivity",
        "weighing:sensitivity",
        "Rank parameters by how much an answer hangs on them.",
        "muster sensitivity tinyland --output left --method morris --runs 124",
    ),
    Command(
        "frontier",
        "programme:frontier",
        "Say what a support programme could buy.",
        "muster frontier tinyland --budget 1200 --designs 16 --draws 4",
    ),
    Command("report", "report:report", "Write a page with figures, map and sources.", "muster report myanmar --to myanmar.html"),
    Command("serve", "serve:serve", "Show a case in the browser.", "muster serve myanmar"),
    Command("doctor", "checkup:print_checkup", "Say whether Muster works on this machine.", "muster doctor"),
    Command("case list", "case:list_shipped", "List the shipped cases.", "muster case list"),
    Command("case show", "case:show", "Say what a case holds.", "muster case show myanmar"),
    Command("case check", "case:check", "Find every fault of a case pack.", "muster case check myanmar"),
    Command("case new", "case:new", "Start a case pack of your own.", "muster case new my-case"),
    Command(
        "evidence extract",
        "evidence:extract",
        "Print what a document claims; store nothing.",
        "muster evidence extract report.html --json",
    ),
    Command(
        "evidence add", "evidence:add", "Propose what documents claim in a ledger.", "muster evidence add report.html report.pdf"
    ),
    Command(
        "evidence review",
        "review:review",
        "Decide on proposals, one a screen, one key each.",
        "muster evidence review --reviewer kt",
    ),
    Command(
        "evidence decide",
        "ledger:decide",
        "Decide on one entry.",
        "muster evidence decide 4f0c accepted --reviewer kt",
    ),
    Command("evidence list", "evidence:list_entries", "List the entries of a ledger.", "muster evidence list --status proposed"),
    Command("evidence show", "ledger:show", "Print an entry with its source, grade and history.", "muster evidence show MM161"),
    Command(
        "evidence conflicts", "ledger:conflicts", "List reviewed claims to compare.", "muster evidence conflicts --case myanmar"
    ),
    Command(
        "evidence sources",
        "sources:sources",
        "List or rate the reliability of sources.",
        "muster evidence sources NUG C --reviewer kt",
    ),
    Command(
        "evidence withdraw",
        "sources:withdraw",
        "Take a document out of use.",
        'muster evidence withdraw report.html --reviewer kt --reason "retracted by its publisher"',
    ),
    Command("evidence export", "ledger:export", "Write a ledger as tables or history.", "muster evidence export claims.csv"),
    Command(
        "evidence import",
        "ledger:take_in",
        "Take in an edited table or a history.",
        "muster evidence import claims.csv --reviewer kt",
    ),
    Command("evidence verify", "ledger:verify", "Prove that a ledger is whole.", "muster evidence verify"),
    Command("evidence score", "scoring:score", "Score extraction on annotated texts.", "muster evidence score texts"),
    Command("model order", "model:order", "Print what happens in a day, in order.", "muster model order"),
    Command("model params", "model:params", "List the parameters with unit, prior and source.", "muster model params exit"),
    Command("model levers", "model:levers", "List the levers a scenario can pull.", "muster model levers"),
    Command("model show", "model:show", "Tell the story and the equation of a mechanism.", "muster model show exit"),
    Command("model verify", "model:verify", "Hold the engine against known answers.", "muster model verify"),
)
GROUPS = {
    "evidence": ("Documents to sourced claims: read, review, compare, export.", "muster evidence extract report.html"),
    "case": ("Case packs: list, show, check and start them.", "muster case list"),
    "model": ("The model: its day, its mechanisms, its parameters, its proofs.", "muster model order"),
}
# What a full or failing disk answers to what is printed.
_CANNOT_PRINT = (errno.ENOSPC, errno.EIO, errno.EFBIG)
SUMMARY = "Simulate how an armed force holds together or comes apart in an uprising."


def build_app() -> App:
    """The command line as cyclopts sees it."""
    shared: dict[str, Any] = {
        "help_format": "plaintext",
        "default_parameter": Parameter(negative=(), show_default=False),
    }
    app = App(
        name="muster",
        help=SUMMARY,
        help_epilogue="Example:  muster demo",
        version=muster.__version__,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
        **shared,
    )
    groups = {}
    for name, (summary, example) in GROUPS.items():
        groups[name] = App(name=name, help=summary, help_epilogue=f"Example:  {example}", **shared)
        app.command(groups[name])
    for command in COMMANDS:
        group, _, name = command.words.rpartition(" ")
        groups.get(group, app).command(
            f"muster.cli.{command.target}",
            name=name,
            help=command.summary,
            help_epilogue=f"Example:  {command.example}",
            **shared,
        )
    return app


def run_command_line(tokens: Iterable[str]) -> int:
    """Run one command. Returns the exit code: 0 well, 1 the answer is no, 2 a mistake in the input, 130 interrupted."""
    try:
        code = build_app()(list(tokens), print_error=False, exit_on_error=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except MusterError as error:
        say(str(error))
        return 2
    except CycloptsError as error:
        say(f"{str(error).strip()} See: {_help_for(error.command_chain or ())}")
        return 2
    except KeyboardInterrupt:
        say("Interrupted; nothing half-written is left behind.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains once more at its end
        return 0
    except OSError as error:
        if error.filename is None and error.errno in _CANNOT_PRINT:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            say(f"What is printed cannot be written: {error.strerror}. Free some space, or send it elsewhere.")
            return 2
        if error.filename is None:
            raise
        say(f"{error.filename}: {error.strerror}. Choose another place with --out or --to, or free this one.")
        return 2


def _help_for(chain: Sequence[str]) -> str:
    return " ".join(["muster", *chain, "--help"])
