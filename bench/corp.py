"""The corporation that all measurements play: its settings, its customers, their callbacks."""

import time
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, UUID, uuid5

from adapters.clock import utc_now
from adapters.storage.engine import Database
from domain.assets.model import Customer
from domain.people.model import Identity, Person, PersonRole
from sandbox.wecom.crypto import CallbackCrypto, sign

CORP_ID = "wwbench0123456789"
AGENT_ID = 1000002
TOKEN = "benchToken0123456789"
AES_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
MEMBERS = 50
TECHNICIANS = 4

NOWHERE = "http://127.0.0.1:9"
"""`fixloop web` never calls a platform; if it did, nobody would answer here."""


def environment(database_url: str, port: int) -> dict[str, str]:
    """Return the settings of `fixloop web` with both platforms, hence two desk groups, configured."""
    return {
        "FIXLOOP_DATABASE_URL": database_url,
        "FIXLOOP_HOST": "127.0.0.1",
        "FIXLOOP_PORT": str(port),
        "FIXLOOP_WEB_WORKERS": "2",
        "FIXLOOP_LOG_LEVEL": "WARNING",
        "FIXLOOP_WECOM__CORP_ID": CORP_ID,
        "FIXLOOP_WECOM__AGENT_ID": str(AGENT_ID),
        "FIXLOOP_WECOM__SECRET": "bench-secret",
        "FIXLOOP_WECOM__TOKEN": TOKEN,
        "FIXLOOP_WECOM__ENCODING_AES_KEY": AES_KEY,
        "FIXLOOP_WECOM__API_BASE": NOWHERE,
        "FIXLOOP_WECOM__GROUP_WEBHOOK_URL": f"{NOWHERE}/cgi-bin/webhook/send?key=bench",
        "FIXLOOP_DINGTALK__CLIENT_ID": "dingbench",
        "FIXLOOP_DINGTALK__CLIENT_SECRET": "bench-secret",
        "FIXLOOP_DINGTALK__API_BASE": NOWHERE,
        "FIXLOOP_DINGTALK__OAPI_BASE": NOWHERE,
        "FIXLOOP_DINGTALK__GROUP_CONVERSATION_ID": "cidBench",
    }


def record_id(name: str) -> UUID:
    """Return the same id for the same name in every database."""
    return uuid5(NAMESPACE_URL, f"fixloop-bench:{name}")


def member(number: int) -> str:
    """Return the user id of a customer's member, the same on every platform."""
    return f"customer{number % MEMBERS:02d}"


def technician(number: int) -> str:
    """Return the DingTalk user id of a technician."""
    return f"technician{number % TECHNICIANS}"


def populate(url: str) -> None:
    """Put the customers, their members and the technicians into a migrated database."""
    database, now = Database(url), utc_now()
    with database.write() as session, session.begin():
        for number in range(MEMBERS):
            customer_id = record_id(f"customer:{number}")
            session.add(Customer(id=customer_id, code=f"C{number}", name=f"客户{number}", created_at=now))
            session.flush()
            person = _person(member(number), "customer", ("wecom", "dingtalk"))
            person.customer_id = customer_id
            session.add(person)
        for number in range(TECHNICIANS):
            session.add(_person(technician(number), "technician", ("dingtalk",)))
    database.close()


def _person(user_id: str, role: str, platforms: tuple[str, ...]) -> Person:
    now = utc_now()
    identities = [
        Identity(id=record_id(f"{platform}:{user_id}"), platform=platform, user_id=user_id, bound_at=now)
        for platform in platforms
    ]
    return Person(
        id=record_id(f"person:{user_id}"),
        name=user_id,
        mobile="",
        region="",
        created_at=now,
        role_rows=[PersonRole(role=role)],
        identities=identities,
    )


def callbacks(first_id: int, count: int) -> Iterator[bytes]:
    """Yield whole HTTP requests, each a message of its own, signed and encrypted before any clock runs."""
    crypto = CallbackCrypto(TOKEN, AES_KEY, CORP_ID)
    for message_id in range(first_id, first_id + count):
        timestamp, nonce = str(int(time.time())), f"n{message_id}"
        cipher = crypto.encrypt(_message(message_id, timestamp))
        signature = sign(TOKEN, timestamp, nonce, cipher)
        query = urlencode({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce})
        body = (
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
            f"<Encrypt><![CDATA[{cipher}]]></Encrypt><AgentID><![CDATA[{AGENT_ID}]]></AgentID></xml>"
        ).encode()
        head = (
            f"POST /wecom/callback?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def _message(message_id: int, timestamp: str) -> str:
    words = f"{message_id % 97}号注塑机今天早上开机以后一直漏油，操作面板报警，停机等待维修，请尽快派人来看"
    return (
        f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
        f"<FromUserName><![CDATA[{member(message_id)}]]></FromUserName><CreateTime>{timestamp}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content>"
        f"<MsgId>{7000000000000000000 + message_id}</MsgId><AgentID>{AGENT_ID}</AgentID></xml>"
    )
