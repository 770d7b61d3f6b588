"""The public face: sorted, complete, documented, and quick to import."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import discretion


def test_all_is_sorted_and_every_name_is_there_and_documented() -> None:
    assert discretion.__all__ == sorted(discretion.__all__)
    for name in discretion.__all__:
        value = getattr(discretion, name)
        assert inspect.getdoc(value), name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Gaurd'"):
        discretion.Gaurd  # noqa: B018


def test_importing_the_package_loads_none_of_the_heavy_parts() -> None:
    code = (
        "import sys, discretion\n"
        "heavy = {'rich', 'jinja2', 'phonenumbers', 'click', 'ijson', 'stdnum', 'rapidfuzz', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
