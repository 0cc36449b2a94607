"""Who the played app is, and everything a test may switch."""

from dataclasses import dataclass, field

ROBOT_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"

SCOPES = frozenset(
    {
        "qyapi_robot_sendmsg",
        "Card.Instance.Write",
        "Card.Streaming.Write",
        "qyapi_get_member",
        "fieldMobile",
        "qyapi_base",
        "Todo.Todo.Write",
        "Todo.Todo.Read",
    }
)


@dataclass(eq=False, repr=False)
class Settings:
    """The app's identity and the platform's switches; every field may be changed at any moment.

    Args:
        app_published: unpublished apps get robot messages without `senderStaffId`.
        scopes: the permissions granted to the app; remove one to see 403 with `requiredScopes`.
        token_ttl_s: validity of an access token.
        old_token_error_wrapped: old APIs answer a bad token with 88 and a subcode instead of 40014 / 42001.
        qps_limit: calls per second and API, 0 for no limit; the real platform has 20.
        group_minute_limit: messages and cards of the robot a minute in one group, 0 for no limit; the real
            platform does not publish it, and its custom robots have 20.
        monthly_quota: counted API calls a month, 0 for no limit.
        monthly_push_quota: pushes a month, 0 for no limit; later robot messages arrive without content.
        ping_interval_s: seconds between two SYSTEM pings on a socket.
        disconnect_grace_s: seconds between a SYSTEM disconnect and the cut of the TCP connection.
        accept_then_close: let every socket in and close it at once with 1000.
        redeliver_after_s: push a robot message again when no acknowledgement came; 0 never does.
        max_redeliveries: how often a robot message is pushed again.
        redeliver_new_message_id: give a repeated push a messageId of its own; the msgId always stays.
        event_redeliver_s: when an event without acknowledgement is pushed again.
        duplicate_deliveries: send every push so many extra times.
        card_window_s: how long a card callback may take.
        card_value_only: old style callback, only `value`, and `params` beside `cardPrivateData`.
        card_extension: `extension` of a card callback, `{}` or nothing.
        silent_card_reuse: answer a reused outTrackId with success and change nothing, instead of an error.
        strict_card_values: enforce the documented 100 byte keys and 1 KB values.
        unsafe_words: texts holding one of them are refused by the content filter.
        flow_controlled: user ids that 1:1 messages and to-dos do not reach for the moment.
        strips_mentions: cut the mentions of people out of a text too; not documented either way.
        session_ttl_s: validity of a sessionWebhook.
        download_ttl_s: validity of a download URL.
    """

    client_id: str = "dingx7sandbox4f0c9a1e"
    client_secret: str = "Sx_8Kq2sandbox-only-secret-5Jv0PzT1mWc7hRbY3nUd6"
    robot_code: str = ""
    corp_id: str = "ding0a7e5c3b9d1f42688acb3c5f1d2e4a90"
    agent_id: int = 2864013557
    card_template_id: str = "4b7c1f7e-2d0a-4c1e-9a55-6f3d1c8be201.schema"
    app_id: str = "1305d5f5-7c0b-4b53-9d8e-2f9a60c1d7aa"
    chatbot_user_id: str = "$:LWCP_v1:$sandboxRobotQ3m9Zt7b4Xw=="
    robot_name: str = "售后服务"

    app_published: bool = True
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    token_ttl_s: int = 7200
    old_token_error_wrapped: bool = False
    qps_limit: int = 0
    group_minute_limit: int = 0
    monthly_quota: int = 0
    monthly_push_quota: int = 0

    ping_interval_s: float = 25.0
    disconnect_grace_s: float = 10.0
    accept_then_close: bool = False
    redeliver_after_s: float = 60.0
    max_redeliveries: int = 3
    redeliver_new_message_id: bool = True
    event_redeliver_s: tuple[float, ...] = (10.0, 30.0)
    duplicate_deliveries: int = 0

    card_window_s: float = 2.0
    card_value_only: bool = False
    card_extension: str = "{}"
    silent_card_reuse: bool = False
    strict_card_values: bool = False
    unsafe_words: set[str] = field(default_factory=set)
    flow_controlled: set[str] = field(default_factory=set)
    strips_mentions: bool = False
    session_ttl_s: int = 5400
    download_ttl_s: int = 3600

    def __post_init__(self) -> None:
        """Name the robot like the app, as internal apps have it."""
        self.robot_code = self.robot_code or self.client_id

    def is_unsafe(self, text: str) -> bool:
        """Tell whether the content filter refuses a text."""
        return any(word in text for word in self.unsafe_words)
