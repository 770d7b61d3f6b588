# mypy: allow-subclassing-any
"""The reader: one small encoder, a memory of the conversation, and the heads, in PyTorch.

Each message of the user is encoded once. What was said before enters as one vector, the state of a recurrent
cell over the turns so far, so that a message costs the same late in a conversation as at its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; ``words`` and ``overlaps`` are counts of input features of a word."""

    words: int
    overlaps: int
    labels: int
    vocabulary: int = 30_522
    width: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    positions: int = 512
    turn: int = 128
    glance: int = 96
    hidden: int = 256


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.merge = nn.Linear(shape.width, shape.width)
        self.after_attention = nn.LayerNorm(shape.width, eps=1e-12)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.after_widening = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` (B, T, width), ``mask`` (B, 1, 1, T) to be added to the scores."""
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask
        mixed = torch.softmax(scores, -1) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.after_attention(x + self.merge(mixed))
        return self.after_widening(x + self.drop(self.narrow(functional.gelu(self.widen(x)))))


class Encoder(nn.Module):
    """Pieces and word features to one vector a piece."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.features = nn.Linear(shape.words, shape.width, bias=False)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """``ids`` and ``mask`` (B, T), ``features`` (B, T, words) → (B, T, width)."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.places(place) + self.kind + self.features(features)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load(self, path: Path) -> None:
        """Take the weights of a BERT checkpoint in safetensors form."""
        from safetensors.torch import load_file

        stored = load_file(path)
        stored = {name.removeprefix("bert."): tensor for name, tensor in stored.items()}
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "merge": "attention.output.dense",
            "after_attention": "attention.output.LayerNorm",
            "widen": "intermediate.dense",
            "narrow": "output.dense",
            "after_widening": "output.LayerNorm",
        }
        own: dict[str, Any] = {
            "pieces.weight": stored["embeddings.word_embeddings.weight"],
            "places.weight": stored["embeddings.position_embeddings.weight"],
            "kind": stored["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": stored["embeddings.LayerNorm.weight"],
            "norm.bias": stored["embeddings.LayerNorm.bias"],
        }
        for at in range(len(self.layers)):
            for mine, theirs in names.items():
                for part in ("weight", "bias"):
                    own[f"layers.{at}.{mine}.{part}"] = stored[f"encoder.layer.{at}.{theirs}.{part}"]
        nn.init.normal_(self.features.weight, std=0.05)
        own["features.weight"] = self.features.weight.data
        self.load_state_dict(own)


class Pool(nn.Module):
    """A learned average over the pieces of a message."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.score = nn.Linear(width, 1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` (B, T, width), ``mask`` (B, T) → (B, width)."""
        weights = torch.softmax(self.score(x).squeeze(-1) + (1.0 - mask.to(x.dtype)) * -1e4, -1)
        return (weights[:, None, :] @ x).squeeze(1)


class Memory(nn.Module):
    """What was said so far, as one vector: a recurrent cell over the turns, begun from the card."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.glance = nn.Linear(shape.width, shape.glance, bias=False)
        self.card = nn.Linear(shape.glance, shape.turn)
        self.own = nn.Linear(shape.width, shape.turn)
        self.other = nn.Linear(shape.glance, shape.turn)
        self.cell = nn.GRUCell(shape.turn, shape.turn)

    def bag(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """The average of a text's pieces (B, T, width) → (B, glance): a glance, not a reading."""
        weights = mask.to(pieces.dtype)[:, :, None]
        average: Tensor = self.glance((pieces * weights).sum(1) / weights.sum(1).clamp(min=1.0))
        return average

    def begin(self, card: Tensor) -> Tensor:
        """The state before the first turn, from the bag of the persona card."""
        return torch.tanh(self.card(card))

    def hear(self, state: Tensor, other: Tensor) -> Tensor:
        """The state after a message of the other side, from its bag."""
        result: Tensor = self.cell(torch.tanh(self.other(other)), state)
        return result

    def say(self, state: Tensor, own: Tensor) -> Tensor:
        """The state after a message of the user, from its pooled vector."""
        result: Tensor = self.cell(torch.tanh(self.own(own)), state)
        return result


class Heads(nn.Module):
    """From vectors, overlaps with earlier words and the conversation's state to logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Linear(shape.width + shape.words + shape.overlaps, shape.hidden)
        self.before = nn.Linear(shape.turn, shape.hidden)
        self.whole = nn.Linear(shape.width, shape.hidden)
        self.label = nn.Linear(shape.hidden, shape.labels)
        self.clause = nn.Linear(shape.hidden, 3)
        self.message = nn.Linear(2 * shape.width + shape.turn, shape.hidden)
        self.frame = nn.Linear(shape.hidden, 3)
        self.limit_pool = Pool(shape.width)
        self.limit = nn.Linear(shape.hidden, 4)
        self.limits = nn.Linear(2 * shape.width + shape.turn, shape.hidden)
        self.drop = nn.Dropout(0.2)

    def forward(
        self, x: Tensor, mask: Tensor, features: Tensor, overlaps: Tensor, own: Tensor, state: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Logits of labels (B, T, labels), clause frames (B, T, 3), frame (B, 3), limits (B, 4)."""
        shared = self.before(state) + self.whole(own)
        word = functional.gelu(
            self.word(torch.cat((self.drop(x), features, overlaps), -1)) + shared[:, None, :]
        )
        word = self.drop(word)
        mean = (x * mask[:, :, None].to(x.dtype)).sum(1) / mask.sum(1, keepdim=True).to(x.dtype)
        message = self.drop(functional.gelu(self.message(torch.cat((own, mean, state), -1))))
        stop = self.limit_pool(x, mask)
        limits = self.drop(functional.gelu(self.limits(torch.cat((stop, own, state), -1))))
        return self.label(word), self.clause(word), self.frame(message), self.limit(limits)


class Reader(nn.Module):
    """Encoder, pool, memory and heads together."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.pool = Pool(shape.width)
        self.memory = Memory(shape)
        self.heads = Heads(shape)
