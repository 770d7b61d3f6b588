"""What the real packages make of our replies: `openai` and `anthropic`, fed with our bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import anthropic
import httpx2
import openai
import pytest
from tests.gateway.wire import streams
from tests.gateway.wire.streams import LINE, TABLE

from discretion.gateway.wire import Endpoint, ReplyStream, refusal

SENTENCE = "The message holds a card number, so it was not sent."


def answers(body: bytes, status: int = 200, kind: str = "text/event-stream") -> httpx2.Client:
    return httpx2.Client(
        transport=httpx2.MockTransport(
            lambda request: httpx2.Response(status, content=body, headers={"content-type": kind})
        )
    )


def openai_client(body: bytes, status: int = 200, kind: str = "text/event-stream") -> openai.OpenAI:
    return openai.OpenAI(
        api_key="x",
        base_url="http://gateway.example/v1",
        max_retries=0,
        http_client=answers(body, status, kind),
    )


def anthropic_client(body: bytes, status: int = 200, kind: str = "text/event-stream") -> anthropic.Anthropic:
    return anthropic.Anthropic(
        api_key="x", base_url="http://gateway.example", max_retries=0, http_client=answers(body, status, kind)
    )


def restored(endpoint: Endpoint, stream: bytes, before: str = "") -> bytes:
    reply = ReplyStream(endpoint, TABLE, before=before)
    return reply.feed(stream) + reply.finish()


def broken(endpoint: Endpoint, stream: bytes) -> bytes:
    reply = ReplyStream(endpoint, TABLE)
    return reply.feed(stream[: len(stream) // 2]) + reply.broken(SENTENCE)


def chat_chunks(body: bytes) -> Iterator[openai.types.chat.ChatCompletionChunk]:
    yield from openai_client(body).chat.completions.create(
        model="m", messages=[{"role": "user", "content": "x"}], stream=True
    )


def test_openai_reads_a_chat() -> None:
    chunks = list(chat_chunks(restored(Endpoint.CHAT, streams.CHAT, LINE)))
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == f"{LINE}\n\nHi Jess, is Tulsa"
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens == 17


def test_openai_reads_calls_of_tools() -> None:
    body = restored(Endpoint.CHAT, streams.CHAT_CALLS)
    with openai_client(body).chat.completions.stream(
        model="m", messages=[{"role": "user", "content": "x"}]
    ) as stream:
        stream.until_done()
        message = stream.get_final_completion().choices[0].message
    assert message.tool_calls is not None
    assert [(call.function.name, json.loads(call.function.arguments)) for call in message.tool_calls] == [
        ("note", {"who": "Jess"}),
        ("go", {"to": "Tulsa"}),
    ]


def test_openai_reads_a_text_completion() -> None:
    body = restored(Endpoint.COMPLETIONS, streams.COMPLETIONS)
    chunks = openai_client(body).completions.create(model="m", prompt="x", stream=True)
    assert "".join(chunk.choices[0].text for chunk in chunks) == " Jess"


def test_openai_reads_a_response() -> None:
    body = restored(Endpoint.RESPONSES, streams.RESPONSES, LINE)
    events = list(openai_client(body).responses.create(model="m", input="x", stream=True))
    last = events[-1]
    assert last.type == "response.completed"
    assert last.response.output_text == f"{LINE}\n\nHi Jess"
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(deltas) == last.response.output_text


def test_anthropic_reads_a_message() -> None:
    body = restored(Endpoint.MESSAGES, streams.MESSAGES.replace(b"some_new_event", b"ping"))
    with anthropic_client(body).messages.stream(
        model="m", max_tokens=5, messages=[{"role": "user", "content": "x"}]
    ) as stream:
        message = stream.get_final_message()
    thinking, text, tool = message.content
    assert thinking.type == "thinking"
    assert (thinking.thinking, thinking.signature[:4]) == ("Ask Jess", "EqQB")
    assert text.type == "text"
    assert text.text == "Hi Jess"
    assert tool.type == "tool_use"
    assert tool.input == {"to": "Tulsa"}


def test_openai_shows_why_a_chat_broke() -> None:
    with pytest.raises(openai.APIError, match="card number"):
        list(chat_chunks(broken(Endpoint.CHAT, streams.CHAT)))


def test_openai_shows_why_a_response_broke() -> None:
    body = broken(Endpoint.RESPONSES, streams.RESPONSES)
    last = list(openai_client(body).responses.create(model="m", input="x", stream=True))[-1]
    assert last.type == "response.failed"
    assert last.response.error is not None
    assert last.response.error.message == SENTENCE


def test_openai_shows_why_a_response_never_began() -> None:
    body = ReplyStream(Endpoint.RESPONSES, TABLE).broken(SENTENCE)
    last = list(openai_client(body).responses.create(model="m", input="x", stream=True))[-1]
    assert last.type == "error"
    assert last.message == SENTENCE


def test_anthropic_shows_why_a_message_broke() -> None:
    body = broken(Endpoint.MESSAGES, streams.MESSAGES)
    with (
        pytest.raises(anthropic.APIStatusError, match="card number"),
        anthropic_client(body).messages.stream(
            model="m", max_tokens=5, messages=[{"role": "user", "content": "x"}]
        ) as stream,
    ):
        stream.until_done()


REFUSALS = [
    (400, openai.BadRequestError, anthropic.BadRequestError, "a stop"),
    (401, openai.AuthenticationError, anthropic.AuthenticationError, "a wrong token"),
    (403, openai.PermissionDeniedError, anthropic.PermissionDeniedError, "a foreign page"),
    (404, openai.NotFoundError, anthropic.NotFoundError, "an unknown path"),
    (413, openai.APIStatusError, anthropic.APIStatusError, "too long"),
    (451, openai.APIStatusError, anthropic.APIStatusError, "a limit"),
]


@pytest.mark.parametrize(("status", "openais", "anthropics", "reason"), REFUSALS)
def test_both_show_our_refusals(
    status: int, openais: type[openai.APIStatusError], anthropics: type[anthropic.APIStatusError], reason: str
) -> None:
    body = refusal(Endpoint.CHAT, status, SENTENCE, code="limit")
    with pytest.raises(openais, match="card number") as shown:
        openai_client(body, status, "application/json").chat.completions.create(
            model="m", messages=[{"role": "user", "content": "x"}]
        )
    assert (shown.value.status_code, shown.value.code, shown.value.type) == (
        status,
        "limit",
        "invalid_request_error",
    ), reason
    body = refusal(Endpoint.MESSAGES, status, SENTENCE, code="limit")
    with pytest.raises(anthropics, match="card number"):
        anthropic_client(body, status, "application/json").messages.create(
            model="m", max_tokens=5, messages=[{"role": "user", "content": "x"}]
        )
    assert json.loads(body).keys() == {"type", "error"}, reason
