"""A small good pack that tests may break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from muster.case import Case, load_case, new_case
from muster.core.errors import Fault, InputError


class PackOnDisk:
    """The template pack in a folder, with the few edits tests need."""

    def __init__(self, folder: Path) -> None:
        self.folder = new_case(folder, name="example")

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def swap(self, file: str, old: str, new: str) -> None:
        text = self.read(file)
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def swap_all(self, file: str, old: str, new: str) -> None:
        self.write(file, self.read(file).replace(old, new))

    def append(self, file: str, *lines: str) -> None:
        self.write(file, self.read(file) + "".join(f"{line}\n" for line in lines))

    def delete(self, file: str) -> None:
        (self.folder / file).unlink()

    def load(self, strength: str | None = None) -> Case:
        return load_case(self.folder, strength=strength)

    def faults(self) -> tuple[Fault, ...]:
        with pytest.raises(InputError) as caught:
            load_case(self.folder)
        return caught.value.faults


@pytest.fixture
def pack(tmp_path: Path) -> PackOnDisk:
    return PackOnDisk(tmp_path / "example")


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[[str], PackOnDisk]:
    return lambda name: PackOnDisk(tmp_path / name)
