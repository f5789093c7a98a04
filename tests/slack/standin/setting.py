"""Setting the scene: workspaces with the app in them, people, channels."""

from typing import Any

from tests.slack.standin.state import Channel, State, User, Workspace


def add_workspace(state: State, name: str, scopes: frozenset[str]) -> Workspace:
    """With the app installed."""
    bot, token = state.new_id("U"), f"xoxb-{state.new_id('')}"
    made = Workspace(state.new_id("T"), name, token, bot, state.new_id("B"), state.app.id, set(scopes))
    with state.changed:
        state.workspaces[made.id] = made
        state.tokens[token] = made.id
        state.users[bot] = User(bot, made.id, "commsbot", "Commsbot", is_bot=True)
    return made


def add_user(state: State, team: Workspace, real_name: str, **more: Any) -> User:
    """more: the other fields of a User."""
    name = real_name.lower().replace(" ", ".")
    made = User(state.new_id("U"), team.id, name, real_name, **more)
    with state.changed:
        state.users[made.id] = made
    return made


def add_channel(
    state: State, team: Workspace, name: str, people: tuple[User, ...], *, bot: bool, private: bool
) -> Channel:
    """bot: whether the bot is in it. Someone from another workspace makes it a shared one."""
    members = {person.id for person in people} | ({team.bot_user_id} if bot else set())
    others = {person.team_id for person in people} - {team.id}
    made = Channel(state.new_id("C"), team.id, name, False, private, members, others)
    with state.changed:
        state.channels[made.id] = made
    return made
