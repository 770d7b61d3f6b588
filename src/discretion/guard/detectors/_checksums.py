"""The checksums of wallet addresses: Base58Check, Bech32 and Bech32m, and Keccak-256 for EIP-55."""

from __future__ import annotations

from hashlib import sha256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_MASK = (1 << 64) - 1
_ROTATION = (
    (0, 36, 3, 41, 18),
    (1, 44, 10, 45, 2),
    (62, 6, 43, 15, 61),
    (28, 55, 25, 21, 56),
    (27, 20, 39, 8, 14),
)


def base58(text: str, alphabet: str = _BASE58) -> bytes | None:
    """The bytes that a Base58 text stands for; ``None`` where a sign is not of its alphabet."""
    number = 0
    for sign in text:
        digit = alphabet.find(sign)
        if digit < 0:
            return None
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58check(text: str, alphabet: str = _BASE58) -> bytes | None:
    """The payload (version byte first) of a Base58Check text, ``None`` where its checksum is wrong.

    Source: Bitcoin's Base58Check encoding; four bytes of a double SHA-256.
    """
    data = base58(text, alphabet)
    if data is None or len(data) < 5:
        return None
    payload, check = data[:-4], data[-4:]
    return payload if sha256(sha256(payload).digest()).digest()[:4] == check else None


def is_bech32(text: str) -> bool:
    """Whether the checksum of a lower-case Bech32 or Bech32m text is right (BIP-173, BIP-350)."""
    prefix, _, data = text.rpartition("1")
    if not prefix or len(data) < 6 or any(sign not in _BECH32 for sign in data):
        return False
    values = (
        [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [_BECH32.index(c) for c in data]
    )
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            check ^= generator if top >> i & 1 else 0
    return check in {1, 0x2BC830A3}


def keccak256(data: bytes) -> bytes:
    """Keccak-256 with the padding of Keccak's submission, as Ethereum uses it (not the SHA-3 of FIPS 202)."""
    rate = 136
    padded = bytearray(data) + bytearray(rate - len(data) % rate)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), rate):
        for i in range(rate // 8):
            lane = int.from_bytes(padded[block + 8 * i : block + 8 * i + 8], "little")
            lanes[i % 5][i // 5] ^= lane
        _permute(lanes)
    return b"".join(lanes[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def _rotated(value: int, by: int) -> int:
    return (value << by | value >> (64 - by)) & _MASK if by else value


def _permute(a: list[list[int]]) -> None:
    """Keccak-f[1600], 24 rounds (Bertoni, Daemen, Peeters, Van Assche: The Keccak reference, section 1.2)."""
    register = 1
    for _ in range(24):
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[x - 1] ^ _rotated(c[(x + 1) % 5], 1) for x in range(5)]
        b = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                b[y][(2 * x + 3 * y) % 5] = _rotated(a[x][y] ^ d[x], _ROTATION[x][y])
        for x in range(5):
            for y in range(5):
                a[x][y] = b[x][y] ^ (~b[(x + 1) % 5][y] & b[(x + 2) % 5][y] & _MASK)
        for j in range(7):
            register = (register << 1 ^ (register >> 7) * 0x71) % 256
            if register & 2:
                a[0][0] ^= 1 << ((1 << j) - 1)


def is_eip55(address: str) -> bool:
    """Whether the capitals of a mixed-case ``0x…`` address are right (EIP-55)."""
    figures = address[2:]
    digest = keccak256(figures.lower().encode()).hex()
    return all(c.isdigit() or c.isupper() == (int(d, 16) >= 8) for c, d in zip(figures, digest, strict=False))
