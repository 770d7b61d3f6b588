"""The real `openai` and `anthropic` packages through the gateway, to a real upstream on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anthropic
import openai
import pytest
from tests.gateway.app.running import HELLO, TOKEN, VALUES, Gateway, running_gateway
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url) as made:
        yield made


@pytest.fixture(scope="module")
def openai_client(gateway: Gateway) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=TOKEN) as client:
        yield client


@pytest.fixture(scope="module")
def anthropic_client(gateway: Gateway) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(base_url=gateway.url, api_key=TOKEN) as client:
        yield client


def test_openai_whole(openai_client: openai.OpenAI, upstream: ThrowawayUpstream) -> None:
    upstream.seen.clear()
    said = openai_client.chat.completions.create(model="echo", messages=[{"role": "user", "content": HELLO}])
    assert said.choices[0].message.content == f"You said: {HELLO}"
    assert said.usage
    assert said.usage.total_tokens == 18
    assert not any(value in upstream.seen[0].raw for value in VALUES)


def test_openai_streams(openai_client: openai.OpenAI) -> None:
    stream = openai_client.chat.completions.create(
        model="echo", messages=[{"role": "user", "content": HELLO}], stream=True
    )
    chunks = list(stream)
    assert chunks[0].choices[0].delta.role == "assistant"
    assert {chunk.id for chunk in chunks} == {"chatcmpl-1"}
    told = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert told == f"You said: {HELLO}"
    assert chunks[-1].usage
    assert any(chunk.choices and chunk.choices[0].finish_reason == "stop" for chunk in chunks)


def test_openai_completions_and_responses(openai_client: openai.OpenAI) -> None:
    whole = openai_client.completions.create(model="echo", prompt=HELLO)
    assert whole.choices[0].text == f"You said: {HELLO}"
    pieces = openai_client.completions.create(model="echo", prompt=HELLO, stream=True)
    assert "".join(one.choices[0].text for one in pieces if one.choices) == f"You said: {HELLO}"
    assert openai_client.responses.create(model="echo", input=HELLO).output_text == f"You said: {HELLO}"
    with openai_client.responses.stream(model="echo", input=HELLO) as stream:
        assert stream.get_final_response().output_text == f"You said: {HELLO}"


TOOL: Any = {
    "type": "function",
    "function": {
        "name": "remember",
        "parameters": {"type": "object", "properties": {"note": {"type": "string"}}},
    },
}


@pytest.mark.parametrize("stream", [False, True])
def test_openai_calls_tools_with_real_values_and_the_upstream_sees_none(
    openai_client: openai.OpenAI, upstream: ThrowawayUpstream, stream: bool
) -> None:
    upstream.seen.clear()
    said = f'{HELLO} "quoted" \\ and a tab\t'
    messages: list[Any] = [{"role": "user", "content": said}]
    message: Any
    if stream:
        with openai_client.chat.completions.stream(model="tools", messages=messages, tools=[TOOL]) as coming:
            message = coming.get_final_completion().choices[0].message
    else:
        whole = openai_client.chat.completions.create(model="tools", messages=messages, tools=[TOOL])
        message = whole.choices[0].message
    (call,) = message.tool_calls
    assert json.loads(call.function.arguments) == {"note": said}
    messages += [
        message.model_dump(exclude_none=True, exclude={"parsed"}),
        {"role": "tool", "tool_call_id": call.id, "content": f"noted: {HELLO}"},
    ]
    openai_client.chat.completions.create(model="echo", messages=messages, tools=[TOOL])
    assert len(upstream.seen) == 2
    assert not any(value in seen.raw for seen in upstream.seen for value in VALUES)


@pytest.mark.parametrize("stream", [False, True])
def test_anthropic_calls_tools_with_real_values(
    anthropic_client: anthropic.Anthropic, upstream: ThrowawayUpstream, stream: bool
) -> None:
    upstream.seen.clear()
    asked: Any = {
        "model": "tools",
        "max_tokens": 50,
        "messages": [{"role": "user", "content": HELLO}],
        "tools": [{"name": "remember", "input_schema": TOOL["function"]["parameters"]}],
    }
    if stream:
        with anthropic_client.messages.stream(**asked) as coming:
            message = coming.get_final_message()
    else:
        message = anthropic_client.messages.create(**asked)
    block = message.content[0]
    assert block.type == "tool_use"
    assert block.input == {"note": HELLO}
    assert not any(value in upstream.seen[0].raw for value in VALUES)


def test_a_server_that_does_not_stream_is_read_as_a_stream(
    openai_client: openai.OpenAI, anthropic_client: anthropic.Anthropic
) -> None:
    messages: Any = [{"role": "user", "content": HELLO}]
    chunks = openai_client.chat.completions.create(model="json-for-stream", messages=messages, stream=True)
    assert "".join(one.choices[0].delta.content or "" for one in chunks) == f"You said: {HELLO}"
    with openai_client.responses.stream(model="json-for-stream", input=HELLO) as stream:
        assert stream.get_final_response().output_text == f"You said: {HELLO}"
    with anthropic_client.messages.stream(model="json-for-stream", max_tokens=5, messages=messages) as coming:
        assert "".join(coming.text_stream) == f"You said: {HELLO}"


def test_openai_lists_models(openai_client: openai.OpenAI) -> None:
    assert [model.id for model in openai_client.models.list()] == ["echo"]


def test_openai_cancels(openai_client: openai.OpenAI, upstream: ThrowawayUpstream) -> None:
    upstream.left.clear()
    stream = openai_client.chat.completions.create(
        model="slow", messages=[{"role": "user", "content": "a story " * 50}], stream=True
    )
    next(iter(stream))
    stream.close()
    upstream.wait_for_leaving()


def test_openai_s_error_classes(openai_client: openai.OpenAI) -> None:
    stranger = openai_client.with_options(api_key="wrong")
    with pytest.raises(openai.AuthenticationError, match="token"):
        stranger.models.list()
    messages = [{"role": "user", "content": HELLO}]
    with pytest.raises(openai.BadRequestError, match="does not follow"):
        openai_client.chat.completions.create(model="redirects", messages=messages)  # type: ignore[arg-type]
    with pytest.raises(openai.NotFoundError, match="forwards nothing"):
        openai_client.embeddings.create(model="echo", input=HELLO)
    with pytest.raises(openai.APIError, match="broke off"):
        list(openai_client.chat.completions.create(model="dies", messages=messages, stream=True))  # type: ignore[arg-type]


def test_a_refusal_of_ours_is_asked_once(openai_client: openai.OpenAI, upstream: ThrowawayUpstream) -> None:
    upstream.seen.clear()
    with pytest.raises(openai.BadRequestError):
        openai_client.chat.completions.create(model="page", messages=[{"role": "user", "content": "hi"}])
    assert len(upstream.seen) == 1


def test_anthropic_whole_and_streamed(
    anthropic_client: anthropic.Anthropic, upstream: ThrowawayUpstream
) -> None:
    upstream.seen.clear()
    said = anthropic_client.messages.create(
        model="echo", max_tokens=50, messages=[{"role": "user", "content": HELLO}]
    )
    assert said.content[0].type == "text"
    assert said.content[0].text == f"You said: {HELLO}"
    with anthropic_client.messages.stream(
        model="echo", max_tokens=50, system="Be kind.", messages=[{"role": "user", "content": HELLO}]
    ) as stream:
        assert "".join(stream.text_stream) == f"You said: {HELLO}"
        assert stream.get_final_message().usage.output_tokens == 7
    assert not any(value in seen.raw for seen in upstream.seen for value in VALUES)


def test_anthropic_cancels(anthropic_client: anthropic.Anthropic, upstream: ThrowawayUpstream) -> None:
    upstream.left.clear()
    with anthropic_client.messages.stream(
        model="slow", max_tokens=50, messages=[{"role": "user", "content": "a story " * 50}]
    ) as stream:
        next(iter(stream))
    upstream.wait_for_leaving()


def test_anthropic_s_error_classes(anthropic_client: anthropic.Anthropic) -> None:
    stranger = anthropic_client.with_options(api_key="wrong")
    with pytest.raises(anthropic.AuthenticationError, match="token"):
        stranger.messages.create(model="echo", max_tokens=5, messages=[{"role": "user", "content": "hi"}])
    with pytest.raises(anthropic.BadRequestError, match="does not follow"):
        anthropic_client.messages.create(
            model="redirects", max_tokens=5, messages=[{"role": "user", "content": "hi"}]
        )
    with (
        pytest.raises(anthropic.APIStatusError, match="broke off"),
        anthropic_client.messages.stream(
            model="dies", max_tokens=5, messages=[{"role": "user", "content": HELLO}]
        ) as stream,
    ):
        list(stream)
