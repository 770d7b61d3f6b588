"""Streams as the platforms send them, by hand from the public documentation.

Shapes: the event types of the openai 3.57 and anthropic 2.14 packages; the order of events and the comments
from docs.claude.com/en/api/messages-streaming and openrouter.ai/docs/api-reference/streaming, read on
2026-11-25. In each, "Mara" stands for Jess and "Millbrook" for Tulsa; names are cut as tokens are.
"""

from __future__ import annotations

from datetime import UTC, datetime

from discretion.guard.restore import RestoreTable
from discretion.records import Kind, Pair

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TABLE = RestoreTable(
    [
        Pair("", Kind.NAME, "Jess", "Mara", NOW),
        Pair("", Kind.LOCATION, "Tulsa", "Millbrook", NOW),
    ]
)
LINE = "Discretion: one stand-in is new."


def chat(*deltas: str, end: str = "\n\n", finish: str = "stop") -> bytes:
    """A stream of /chat/completions with one choice; ``deltas`` are JSON objects."""
    head = (
        '"id":"chatcmpl-9x8y7z","object":"chat.completion.chunk","created":1764100000,"model":"gpt-4o-mini"'
    )

    def event(rest: str) -> str:
        return f"data: {{{head},{rest}}}{end}"

    def choice(delta: str, reason: str) -> str:
        return event(f'"choices":[{{"index":0,"delta":{delta},"logprobs":null,"finish_reason":{reason}}}]')

    lines = [choice(delta, "null") for delta in deltas]
    lines.append(choice("{}", f'"{finish}"'))
    lines.append(event('"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}'))
    return "".join([*lines, f"data: [DONE]{end}"]).encode()


def said(text: str) -> str:
    """A delta that says ``text``."""
    return f'{{"content":"{text}"}}'


CHAT = chat(
    '{"role":"assistant","content":"","refusal":null}',
    *map(said, ("Hi", " Ma", "ra", ", is", " Mill", "brook")),
)
CHAT_REASONS = chat(
    '{"role":"assistant","content":null,"reasoning_content":"The user is Ma"}',
    '{"reasoning_content":"ra"}',
    '{"content":"Hello Mara"}',
)
CHAT_CALLS = chat(
    '{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a1b2c3","type":"function",'
    '"function":{"name":"note","arguments":""}}]}',
    '{"tool_calls":[{"index":0,"function":{"arguments":"{\\"who\\": \\"Ma"}}]}',
    '{"tool_calls":[{"index":0,"function":{"arguments":"ra\\"}"}}]}',
    '{"tool_calls":[{"index":1,"id":"call_d4e5f6","type":"function","function":{"name":"go",'
    '"arguments":"{\\"to\\":\\"Millbrook\\"}"}}]}',
    finish="tool_calls",
)
CHAT_LEGACY_CALL = chat(
    '{"role":"assistant","content":null,"function_call":{"name":"note","arguments":""}}',
    '{"function_call":{"arguments":"{\\"who\\":\\"Mara\\"}"}}',
    finish="function_call",
)
CHAT_TWO = (
    b'data: {"id":"c-1234567","choices":[{"index":0,"delta":{"role":"assistant","content":"Ma"}}]}\n\n'
    b'data: {"id":"c-1234567","choices":[{"index":1,"delta":{"role":"assistant","content":"Mill"}}]}\n\n'
    b'data: {"id":"c-1234567","choices":[{"index":0,"delta":{"content":"ra"}},'
    b'{"index":1,"delta":{"content":"brook"}}]}\n\n'
    b'data: {"id":"c-1234567","choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}\n\n'
    b'data: {"id":"c-1234567","choices":[{"index":0,"delta":{"content":""},"finish_reason":"length"}]}\n\n'
    b"data: [DONE]\n\n"
)
CHAT_COMMENTS = (
    b": OPENROUTER PROCESSING\r\n\r\n: OPENROUTER PROCESSING\r\n\r\n"
    + CHAT.replace(b"\n", b"\r\n")
    + b": bye\r\n\r\n"
)
CHAT_OLD_MAC = CHAT.replace(b"\n", b"\r")
CHAT_BOM = b"\xef\xbb\xbf" + CHAT
CHAT_LINES = (
    b'id: 7\nretry: 3000\nevent: message\ndata: {"choices": [{"index": 0,\n'
    b'data:  "delta": {"content": "Mara"},\n'
    b'data: "finish_reason": "stop"}]}\n\ndata:[DONE]\n\n'
)
CHAT_HALVES = chat(said("\\ud83d"), said("\\ude00 Mara"))
CHAT_LOGPROBS = (
    b'data: {"choices":[{"index":0,"delta":{"content":" Mara"},"logprobs":{"content":[{"token":" Mara",'
    b'"logprob":-0.31725305,"bytes":[32,77,97,114,97],"top_logprobs":[]}]},"finish_reason":null}]}\n\n'
    b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
)
CHAT_ERROR = (
    CHAT[: CHAT.index(b'"ra"') - 100].rpartition(b"\n\n")[0]
    + b'\n\ndata: {"id":"gen-1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],'
    b'"error":{"code":"server_error","message":"Provider disconnected while Mara spoke"}}\n\n'
)
CHAT_PARTS = chat(
    '{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Who is Ma"}]}]}',
    '{"content":[{"type":"thinking","thinking":[{"type":"text","text":"ra"}]}]}',
    said("Hi Mara"),
)
CHAT_NO_END = b'data: {"choices":[{"index":0,"delta":{"content":"Hi Mara"},"finish_reason":null}]}'
GARBAGE = (
    b"HTTP/1.1 200 OK\n\ndata: {not json Mara\n\ndata: \xff\xfe Mara\n\n<html>Mara</html>\n\ndata\n\n"
    b'data: [1,"Mara"]\n\ndata: "Mara"\n\ndata: 7\n\n' + CHAT
)


def completion(text: str, rest: str) -> bytes:
    """An event of /completions."""
    head = '"id":"cmpl-123abc45","object":"text_completion","created":1764100000,"model":"local"'
    choice = f'{{"text":"{text}","index":0,"logprobs":null,"finish_reason":{rest}'
    return f'data: {{{head},"choices":[{choice}}}\n\n'.encode()


COMPLETIONS = (
    completion(" Ma", "null}]")
    + completion("ra", "null}]")
    + completion("", '"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}')
    + b"data: [DONE]\n\n"
)


def named(*events: tuple[str, str]) -> bytes:
    """Events with names; the data are the rest of a JSON object after its type."""
    return "".join(f'event: {name}\ndata: {{"type":"{name}"{rest}}}\n\n' for name, rest in events).encode()


MESSAGES = named(
    (
        "message_start",
        ',"message":{"id":"msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY","type":"message","role":"assistant","content":[],'
        '"model":"claude-sonnet-4-5","stop_reason":null,"stop_sequence":null,'
        '"usage":{"input_tokens":25,"cache_read_input_tokens":10,"output_tokens":1}}',
    ),
    ("content_block_start", ',"index":0,"content_block":{"type":"thinking","thinking":"","signature":""}'),
    ("ping", ""),
    ("content_block_delta", ',"index":0,"delta":{"type":"thinking_delta","thinking":"Ask Ma"}'),
    ("content_block_delta", ',"index":0,"delta":{"type":"thinking_delta","thinking":"ra"}'),
    (
        "content_block_delta",
        ',"index":0,"delta":{"type":"signature_delta","signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk="}',
    ),
    ("content_block_stop", ',"index":0'),
    ("content_block_start", ',"index":1,"content_block":{"type":"text","text":""}'),
    ("content_block_delta", ',"index":1,"delta":{"type":"text_delta","text":"Hi Mar"}'),
    ("content_block_delta", ',"index":1,"delta":{"type":"text_delta","text":"a"}'),
    ("content_block_stop", ',"index":1'),
    (
        "content_block_start",
        ',"index":2,"content_block":{"type":"tool_use","id":"toolu_01T1x1fJ34qAmk2tNTrN7Up6","name":"go","input":{}}',
    ),
    ("content_block_delta", ',"index":2,"delta":{"type":"input_json_delta","partial_json":""}'),
    (
        "content_block_delta",
        ',"index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"to\\": \\"Mill"}',
    ),
    ("content_block_delta", ',"index":2,"delta":{"type":"input_json_delta","partial_json":"brook\\"}"}'),
    ("content_block_stop", ',"index":2'),
    (
        "message_delta",
        ',"delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":15}',
    ),
    ("some_new_event", ',"note":"about Mara"'),
    ("message_stop", ""),
)
MESSAGES_ERROR = MESSAGES[
    : MESSAGES.index(b'event: content_block_stop\ndata: {"type":"content_block_stop","index":1')
] + named(("error", ',"error":{"type":"overloaded_error","message":"Overloaded"}'))

_ITEM = ',"item_id":"msg_67c9fdcf37fc8190","output_index":0,"content_index":0'
_HEAD = '"id":"resp_67c9fdcecf488190","object":"response","created_at":1741290958,"model":"gpt-4o-2024-08-06"'
_OUTPUT = (
    '[{"id":"msg_67c9fdcf37fc8190","type":"message","status":"completed","role":"assistant","content":'
    '[{"type":"output_text","text":"Hi Mara","annotations":[]}]},'
    '{"id":"fc_12345xyz","type":"function_call","status":"completed","call_id":"call_12345xyz","name":"go",'
    '"arguments":"{\\"to\\":\\"Millbrook\\"}"}]'
)
_CALL = ',"item_id":"fc_12345xyz","output_index":1'
RESPONSES = named(
    *(
        (name, f'{rest},"sequence_number":{at}')
        for at, (name, rest) in enumerate(
            [
                (
                    "response.created",
                    f',"response":{{{_HEAD},"status":"in_progress","instructions":"Be kind to Mara.",'
                    '"output":[],"usage":null}',
                ),
                (
                    "response.output_item.added",
                    ',"output_index":0,"item":{"id":"msg_67c9fdcf37fc8190","type":"message","status":"in_progress","role":"assistant","content":[]}',
                ),
                (
                    "response.content_part.added",
                    _ITEM + ',"part":{"type":"output_text","text":"","annotations":[]}',
                ),
                ("response.output_text.delta", _ITEM + ',"delta":"Hi","logprobs":[],"obfuscation":"aX3"'),
                ("response.output_text.delta", _ITEM + ',"delta":" Ma","logprobs":[]'),
                ("response.output_text.delta", _ITEM + ',"delta":"ra","logprobs":[]'),
                ("response.output_text.done", _ITEM + ',"text":"Hi Mara","logprobs":[]'),
                (
                    "response.content_part.done",
                    _ITEM + ',"part":{"type":"output_text","text":"Hi Mara","annotations":[]}',
                ),
                (
                    "response.output_item.done",
                    ',"output_index":0,"item":' + _OUTPUT[1 : _OUTPUT.index(',{"id":"fc_')],
                ),
                (
                    "response.output_item.added",
                    ',"output_index":1,"item":{"id":"fc_12345xyz","type":"function_call","status":"in_progress","call_id":"call_12345xyz","name":"go","arguments":""}',
                ),
                ("response.function_call_arguments.delta", _CALL + ',"delta":"{\\"to\\":\\"Mill"'),
                ("response.function_call_arguments.delta", _CALL + ',"delta":"brook\\"}"'),
                (
                    "response.function_call_arguments.done",
                    _CALL + ',"arguments":"{\\"to\\":\\"Millbrook\\"}"',
                ),
                (
                    "response.completed",
                    f',"response":{{{_HEAD},"status":"completed","output":{_OUTPUT},"usage":{{"input_tokens":37,"output_tokens":11,"total_tokens":48}}}}',
                ),
            ]
        )
    )
)
