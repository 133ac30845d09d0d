"""The register: what is written stays, and a change of any line is found."""

import json
from datetime import date
from threading import Thread

import pytest

import muster
from muster.forecast.predict import forecast
from muster.forecast.register import find_registered, read_register, register


@pytest.fixture(scope="module")
def made(tiny, guess):
    return [forecast(guess, tiny, months=1, draws=2, seed=seed) for seed in (1, 2, 3)]


@pytest.fixture
def book(made, tmp_path):
    path = tmp_path / "forecasts.jsonl"
    for day, one in enumerate(made, start=1):
        register(one, path, written=date(2024, 7, day))
    return path


def test_lines_follow_each_other(made, book):
    lines = read_register(book)
    assert [line.number for line in lines] == [1, 2, 3]
    assert [line.before for line in lines[1:]] == [line.hash for line in lines[:-1]]
    assert find_registered(made[1], book).written == "2024-07-02"


def test_a_forecast_is_written_once(made, book):
    before = book.read_bytes()
    again = register(made[0], book, written=date(2030, 1, 1))
    assert again.written == "2024-07-01"
    assert book.read_bytes() == before


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_changed_line_is_found(made, book, number):
    lines = book.read_text().splitlines()
    values = json.loads(lines[number - 1])
    lines[number - 1] = json.dumps({**values, "written": "2020-01-01"})
    book.write_text("\n".join(lines) + "\n")
    with pytest.raises(muster.MusterError, match=f"line {number}: this is not what was written"):
        register(made[0], book, written=date(2024, 8, 1))


def test_a_line_taken_out_is_found(book):
    lines = book.read_text().splitlines()
    book.write_text("\n".join((lines[0], lines[2])) + "\n")
    with pytest.raises(muster.MusterError, match="line 2"):
        read_register(book)


def test_half_a_line_is_found(book):
    book.write_text(book.read_text()[:-20])
    with pytest.raises(muster.MusterError, match="line 3"):
        read_register(book)


def test_a_forecast_nobody_wrote_down(tiny, guess, book):
    with pytest.raises(muster.MusterError, match="does not have this forecast"):
        find_registered(forecast(guess, tiny, months=2, draws=2), book)


def test_two_writers_take_turns(made, tmp_path):
    path = tmp_path / "shared.jsonl"
    writers = [Thread(target=register, args=(one, path), kwargs={"written": date(2024, 7, 1)}) for one in made * 4]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(read_register(path)) == len(made)
