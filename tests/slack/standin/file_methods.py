"""The Web API's methods for files, and the address at which a file arrives between them.

As Slack's reference of methods has it: a file is announced, uploaded, and completed, and with that it may be
shown in one channel. What the reference does not say is refused here as strictly as it could be.
"""

from tests.slack.standin.asking import Call, Refused, channel_to_post_in
from tests.slack.standin.state import Json, Post, State, Upload

LARGEST = 1_000_000_000
"""Bytes in a file."""
PATH = "/upload/v1/"


def get_upload_url(call: Call) -> Json:
    name, length = call.text("filename"), call.number("length", 0)
    if not name or not 0 < length <= LARGEST:
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] filename or length"]})
    with call.state.changed:
        made = Upload(call.state.new_id("F"), call.team.id, name, length)
        call.state.uploads[made.id] = made
    return {"ok": True, "upload_url": f"{call.state.url}{PATH}{made.id}", "file_id": made.id}


def arrived(state: State, file_id: str, content: bytes) -> tuple[int, bytes]:
    """The bytes of a file, which come without a token, once, and as many as were announced."""
    with state.changed:
        found = state.uploads.get(file_id)
        if found is None or found.content is not None:
            return 404, b"not found"
        if len(content) != found.length:
            return 400, b"length"
        found.content = content
        state.changed.notify_all()
    return 200, f"OK - {len(content)}".encode()


def complete_upload(call: Call) -> Json:
    asked = call.arguments.get("files")
    if not isinstance(asked, list) or not asked or not all(isinstance(each, dict) for each in asked):
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] files"]})
    found = [_uploaded(call, each) for each in asked]
    channel = call.text("channel_id")
    if channel[:1] in "UW" and channel:
        raise Refused("channel_not_found")
    place = channel_to_post_in(call.with_(channel=channel)) if channel else None
    thread = call.text("thread_ts")
    if place and thread and call.state.post_at(place.id, thread) is None:
        raise Refused("thread_not_found")
    with call.state.changed:
        for upload, each in zip(found, asked, strict=True):
            upload.title, upload.is_complete = str(each.get("title") or upload.name), True
    files = [_file(upload) for upload in found]
    if place:
        post = Post(
            call.state.new_ts(), place.id, call.team.id, call.team.bot_user_id, call.text("initial_comment"),
            thread_ts=thread, bot_id=call.team.bot_id, files=files,
        )  # fmt: skip
        call.state.keep(post)
    return {"ok": True, "files": [{"id": file["id"], "title": file["title"]} for file in files]}


def _uploaded(call: Call, asked: Json) -> Upload:
    found = call.state.uploads.get(str(asked.get("id")))
    if found is None or found.team_id != call.team.id or found.content is None or found.is_complete:
        raise Refused("file_not_found")
    return found


def _file(upload: Upload) -> Json:
    return {"id": upload.id, "name": upload.name, "title": upload.title, "size": upload.length}
