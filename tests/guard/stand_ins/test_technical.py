"""Stand-ins of addresses of machines, places, vehicles and wallets: right in form, nobody's."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network
from math import acos, cos, degrees, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.stand_ins.asking import first, offered

from discretion.guard import View
from discretion.guard.detectors._checksums import base58check, is_bech32, is_eip55, keccak256
from discretion.guard.detectors.crypto_wallet import _RIPPLE
from discretion.guard.detectors.crypto_wallet import crypto_wallet as wallet_detector
from discretion.guard.detectors.vehicle_plate import is_vin
from discretion.guard.stand_ins import discovered
from discretion.guard.stand_ins.kinds.coordinates import NEMO
from discretion.records import Kind

IP, PLACE, PLATE, WALLET = Kind.IP_ADDRESS, Kind.COORDINATES, Kind.VEHICLE_PLATE, Kind.CRYPTO_WALLET
NUMBER = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
SHAPES = [
    (IP, "81.2.69.142", r"(?:\d{1,3}\.){3}\d{1,3}", "version 4"),
    (IP, "203.0.113.7", r"(?:192\.0\.2|198\.51\.100)\.\d+", "a documentation network"),
    (IP, "two oh three dot zero dot one one three dot seven", rf"{NUMBER}.+ dot .+ dot .+", "said"),
    (IP, "2a02:8108:4740:9c::1", r"2001:db8(?::[0-9a-f]+){2}::[0-9a-f]+", "version 6, short"),
    (IP, "2a02::1", r"2001:db8::[0-9a-f]+", "very short"),
    (IP, "2A02:8108:4740:009C:0000:0000:0000:0001", r"2001:0DB8(?::[0-9A-F]{4}){6}", "long, capitals"),
    (PLACE, "36.1540, -95.9928", r"-\d\d\.\d{4}, -\d{3}\.\d{4}", "decimals"),
    (PLACE, "36.154° N, 95.992° W", r"\d\d\.\d{3}° S, \d{3}\.\d{3}° W", "with letters"),
    (PLACE, "36.15 n 95.99 w", r"\d\d\.\d\d s \d{3}\.\d\d w", "small letters"),
    (PLACE, "36°09'14.4\"N 95°59'34.0\"W",
     r"\d\d°\d\d'\d{1,2}\.\d\"S \d{3}°\d{1,2}'\d{1,2}\.\d\"W", "seconds"),
    (PLACE, "36° 9.24' N, 95° 59.57' W", r"\d\d° \d{1,2}\.\d\d' S, \d{3}° \d{1,2}\.\d\d' W", "minutes"),
    (PLACE, "36 degrees north 95 degrees west", r"\d\d degrees south \d{3} degrees west", "words"),
    (PLACE, "geo:36.1540,-95.9928", r"geo:-\d\d\.\d{4},-\d{3}\.\d{4}", "a geo link (RFC 5870)"),
    (PLACE, "https://www.google.com/maps/place/Tulsa,+OK/@36.1539,-95.9928,15z",
     r"https://www\.google\.com/maps/@-[\d.]+,-[\d.]+,9z",
     "a link: the town's name goes too"),
    (PLACE, "https://www.openstreetmap.org/#map=15/36.15/-95.99",
     r"https://www\.openstreetmap\.org/#map=15/-\d\d\.\d\d/-\d{3}\.\d\d", "another map"),
    (PLACE, "https://goo.gl/maps/abcDEF123456", r"https://goo\.gl/maps/[a-z0-9]{12}", "a short link"),
    (PLACE, "86C8QQ7V+2X", r"[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2}", "a plus code"),
    (PLACE, "QQ7V+2X", r"[2-9CFGHJMPQRVWX]{4}\+[2-9CFGHJMPQRVWX]{2}", "a short one"),
    (PLACE, "///filled.count.soap", r"///[a-z]+\.[a-z]+\.[a-z]+", "three words"),
    (PLACE, "TQ 30163 80000", r"[A-Z]{2} \d{5} \d{5}", "a national grid"),
    (PLATE, "KXR 4471", r"[A-Z]{3} \d{4}", "letters and figures"),
    (PLATE, "AB12 CDE", r"[A-Z]{2}\d\d [A-Z]{3}", "British"),
    (PLATE, "ab12 cde", r"[a-z]{2}\d\d [a-z]{3}", "small letters"),
    (PLATE, "B-MW 1234", r"[A-Z]-[A-Z]{2} \d{4}", "German"),
    (PLATE, "1HGBH41JXMN109186", r"[A-HJ-NPR-Z\d]{17}", "a vehicle's number"),
    (PLATE, "Quebec Quebec one nine, India Zulu Oscar",
     r"(?:[A-Z]\w+ ){2}\w+ \w+,(?: [A-Z]\w+){3}", "by words"),
    (WALLET, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", r"0x[0-9a-fA-F]{40}", "Ethereum"),
    (WALLET, "0xde709f2102306220921060314715629080e2fb77", r"0x[0-9a-f]{40}", "Ethereum, small"),
    (WALLET, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", r"bc1q[02-9ac-hj-np-z]{38}", "Bitcoin"),
    (WALLET, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", r"1[1-9A-HJ-NP-Za-km-z]{33}", "Bitcoin, old"),
    (WALLET, "jess.eth", r"[a-z]+\.eth", "a name"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "words", "shape", "why"), SHAPES)
def test_shape_stays(kind: Kind, words: str, shape: str, why: str) -> None:
    found = offered(kind, words)
    assert found
    for made in found:
        assert re.fullmatch(shape, made), (made, why)
        assert made.lower() != words.lower()
    assert found == offered(kind, words), "the same for the same seed"
    assert found != offered(kind, words, seed=2)


def test_addresses_are_of_the_documentation_networks() -> None:
    networks = [ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
    for words in ("81.2.69.142", "2a02:8108:4740:9c::1", "2a02::1", "1:2:3:4:5:6:7:8"):
        for made in offered(IP, words, count=50):
            assert any(ip_address(made) in network for network in networks)


@given(st.integers(0, 2**128 - 1), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_any_address_of_version_6(number: int, seed: int) -> None:
    for made in offered(IP, str(IPv6Address(number)), seed=seed, count=2):
        assert IPv6Address(made) in ip_network("2001:db8::/32")
        assert IPv6Address(made) != IPv6Address(number)


@pytest.mark.parametrize(
    "words", ["36.1540, -95.9928", "-33.86, 151.21", "51.5 N 0.12 W".replace("51.5", "51.50")]
)
def test_places_are_in_the_open_ocean(words: str) -> None:
    for made in offered(PLACE, words, count=60):
        latitude, longitude = (abs(float(n)) for n in re.findall(r"\d+\.\d+", made))
        a, b, gap = radians(-latitude), radians(NEMO[0]), radians(-longitude - NEMO[1])
        away = 111.2 * degrees(acos(min(1.0, sin(a) * sin(b) + cos(a) * cos(b) * cos(gap))))
        assert away < 1100, "of the 2,688 km to the nearest land"


def test_marks_share_no_sign_with_the_users_at_its_place() -> None:
    for made in offered(PLATE, "KXR 4471", count=80):
        assert all(a != b for a, b in zip(made, "KXR 4471", strict=True) if a != " ")
    assert all(is_vin(made) for made in offered(PLATE, "1HGBH41JXMN109186", count=40))


def test_wallets_have_the_right_checksums() -> None:
    assert all(is_eip55(made) for made in offered(WALLET, SHAPES[-5][1]))
    taproot = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
    for words in ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", taproot):
        assert all(is_bech32(made) and len(made) == len(words) for made in offered(WALLET, words))
    for words in ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"):
        for made in offered(WALLET, words):
            data, real = base58check(made), base58check(words)
            assert data
            assert real
            assert data[0] == real[0]
            assert data != real
    assert all(base58check(made, _RIPPLE) for made in offered(WALLET, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"))


def test_a_monero_address_ends_in_its_keccak_256() -> None:
    words = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
    for address in (words, first(WALLET, words)):
        data = b"".join(block(address[i : i + 11]) for i in range(0, 95, 11))
        assert keccak256(data[:-4])[:4] == data[-4:]


def block(text: str) -> bytes:
    signs = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for sign in text:
        number = number * 58 + signs.index(sign)
    return number.to_bytes({11: 8, 7: 5}[len(text)], "big")


@pytest.mark.parametrize("words", [row[1] for row in SHAPES if row[0] is WALLET and "." not in row[1]])
def test_our_own_detector_takes_it_for_a_wallet(words: str) -> None:
    made = first(WALLET, words)
    assert [made[h.start : h.end] for h in wallet_detector.find(View(made))] == [made]


NOTATIONS = [
    (IP, "81.2.69.142", "192.0.2.7", " 81.2.69.142", "192.0.2.7"),
    (IP, "81.2.69.142", "192.0.2.7", "eight one dot two dot six nine dot one four two",
     "one nine two dot zero dot two dot seven"),
    (IP, "2a02:8108::1", "2001:db8::7", "2A02:8108:0000:0000:0000:0000:0000:0001", "2001:DB8::7"),
    (PLACE, "36.1540, -95.9928", "-44.7369, -119.2627", "36.154° N, 95.993° W", "44.737° S, 119.263° W"),
    (PLATE, "KXR 4471", "RPC 6986", "kxr-4471", "rpc-6986"),
    (PLATE, "KXR 4471", "RPC 6986", "kilo x-ray romeo 4471", "romeo papa charlie 6986"),
    (WALLET, "0xde709f2102306220921060314715629080e2fb77", "0x73a9bef499bbf4dc7bd2a4f2c8af5bd99f267a0e",
     "0xDE709F2102306220921060314715629080E2FB77", "0x73a9bef499bbf4dc7bd2a4f2c8af5bd99f267a0e"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "real", "stand_in", "words", "wanted"), NOTATIONS)
def test_another_notation_of_a_known_value(
    kind: Kind, real: str, stand_in: str, words: str, wanted: str
) -> None:
    assert first(kind, words, known=((real, stand_in),)) == wanted


@pytest.mark.parametrize("kind", [IP, PLACE, PLATE, WALLET])
@given(st.text(max_size=50), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_anything_is_answered_the_same_way_twice(kind: Kind, words: str, seed: int) -> None:
    assert kind in discovered()
    found = offered(kind, words, seed=seed, count=3)
    assert found == offered(kind, words, seed=seed, count=3)
    assert words not in found
