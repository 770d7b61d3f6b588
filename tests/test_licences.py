"""Everything that is installed with the product, and every data file in it, may be given away."""

from __future__ import annotations

import pytest
from tools import licences


def test_no_dependency_and_no_data_file_is_at_fault() -> None:
    assert licences.dependency_faults() == []
    assert licences.data_faults() == []
    assert "rich" in licences.resolved()


@pytest.mark.parametrize(
    ("stated", "allowed", "why"),
    [
        ("MIT", True, "permissive"),
        ("BSD-3-Clause", True, "permissive"),
        ("LGPL-2.1+", True, "a plain dependency under the lesser licence"),
        (
            "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)",
            True,
            "the same in a classifier",
        ),
        ("GPL-3.0-or-later", False, "binds what is linked with it"),
        ("GNU Affero General Public License v3", False, "binds a service too"),
        ("CC BY-NC 4.0", False, "no commercial use"),
        ("unknown", False, "nobody said"),
        ("Proprietary", False, "not given away"),
    ],
)
def test_licences_are_told_apart(stated: str, allowed: bool, why: str) -> None:
    assert licences.is_allowed(stated) is allowed, why
