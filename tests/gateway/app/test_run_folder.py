"""The run folder: for its owner alone, without leftovers of killed gateways."""

from __future__ import annotations

import socket
import stat
import threading
from pathlib import Path

import pytest

from discretion.gateway._run_folder import CannotListen, gateways, is_listened_to, open_control
from discretion.vault import UnsafePermissions


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_socket_and_token_are_the_owner_s_alone(tmp_path: Path) -> None:
    files, bound, token = open_control(7411, tmp_path)
    with bound:
        assert (_mode(files.folder), _mode(files.socket), _mode(files.token)) == (0o700, 0o600, 0o600)
        assert files.token.read_text() == f"{token}\n"
        assert gateways(tmp_path) == (files,), (
            "a gateway that starts beside it must not take it for a leftover"
        )
    assert gateways(tmp_path) == ()
    files.remove()
    assert list(files.folder.iterdir()) == []


def test_what_a_killed_gateway_left_is_cleaned_and_a_running_one_stays(tmp_path: Path) -> None:
    dead, bound, _ = open_control(7000, tmp_path)
    bound.close()
    same, bound, old_token = open_control(7411, tmp_path)
    bound.close()
    alive, living, _ = open_control(7001, tmp_path)
    with living:
        living.listen()
        files, bound, token = open_control(7411, tmp_path)
        with bound:
            assert same == files
            assert token != old_token
            assert not dead.socket.exists()
            assert not dead.token.exists()
            assert is_listened_to(alive.socket)


def test_a_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o755)
    with pytest.raises(UnsafePermissions):
        open_control(7411, tmp_path)


def test_a_home_too_deep_for_a_socket_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(CannotListen, match=r"too long.*DISCRETION_HOME"):
        open_control(7411, tmp_path / ("x" * 120))


def test_a_token_that_lies_in_wait_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o700)
    target = tmp_path / "elsewhere"
    (tmp_path / "run" / "gateway-7411.token").symlink_to(target)
    files, bound, _ = open_control(7411, tmp_path)
    bound.close()
    assert not target.exists()
    assert not files.token.is_symlink()


def test_a_gateway_that_ends_leaves_what_the_next_one_on_its_port_made(tmp_path: Path) -> None:
    first, bound, _ = open_control(7411, tmp_path)
    bound.close()
    second, bound, token = open_control(7411, tmp_path)
    with bound:
        first.remove()
        assert gateways(tmp_path) == (second,)
        assert second.token.read_text() == f"{token}\n"
        second.remove()
    assert list(second.folder.iterdir()) == []


def test_gateways_that_start_at_once_leave_each_other_alone(tmp_path: Path) -> None:
    made: list[socket.socket] = []

    def start(port: int) -> None:
        made.append(open_control(port, tmp_path)[1])

    threads = [threading.Thread(target=start, args=(port,)) for port in range(7411, 7431)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(gateways(tmp_path)) == 20
    for bound in made:
        bound.close()
