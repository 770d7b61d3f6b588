"""The reference names every command, and each command's example is one that the program takes."""

from __future__ import annotations

import inspect
import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tools.reference import cli_page, commands

from discretion.cli._group import program

EVERY = {name: (command, context) for name, command, context in commands(program, "discretion")}


def test_groups_in_groups_are_found() -> None:
    assert {"discretion check", "discretion vault facts add", "discretion exposure estimate"} <= set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_a_command_is_on_the_page_with_every_option(name: str) -> None:
    command, context = EVERY[name]
    section = cli_page().partition(f" {name}\n\n```\n")[2].partition("\n```\n")[0]
    for parameter in command.get_params(context) if name != "discretion" else []:
        for spelt in parameter.opts if isinstance(parameter, click.Option) else []:
            assert spelt in section, spelt
    assert inspect.getdoc(command.callback), "a command says what it does"


@pytest.mark.parametrize("name", EVERY)
def test_the_example_is_one_of_this_command_and_parses(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, _ = EVERY[name]
    words = shlex.split((command.epilog or "").removeprefix("Example: "))
    assert words[: name.count(" ") + 1] == name.split(), "an example begins with the command's own name"
    told = "discretion"
    for word in words[1:]:
        if f"{told} {word}" not in EVERY:
            break
        told += f" {word}"
    leaf, _ = EVERY[told]
    assert not isinstance(leaf, click.Group), "it names a command, not a group of commands"
    monkeypatch.chdir(tmp_path)
    for word in words:
        if "." in word and "://" not in word:
            Path(word).touch()  # some commands see that their file is there before they begin
    leaf.make_context(told, words[told.count(" ") + 1 :])


def test_the_page_is_the_same_in_every_terminal() -> None:
    code = "from tools.reference import cli_page; print(cli_page(), end='')"
    for columns, language in (("40", "C.UTF-8"), ("200", "de_DE.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "COLUMNS": columns, "LANG": language, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode() == cli_page()
