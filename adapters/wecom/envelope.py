"""What is around a callback's ciphertext: XML for apps, JSON for AI bots."""

import json

from adapters.wecom.xml import MAX_BYTES, CallbackMalformed, Tree, parse_xml


def read_envelope(body: bytes) -> tuple[str, str]:
    """Return the ciphertext and the unproven AgentID of an XML or JSON envelope.

    Raises:
        CallbackMalformed: there is no ciphertext to be found.
    """
    if len(body) > MAX_BYTES:
        raise CallbackMalformed(f"body larger than {MAX_BYTES} bytes")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CallbackMalformed("body is not UTF-8") from None
    if text.lstrip().startswith("{"):
        tree = read_object(text)
        encrypt, agent_id = tree.get("encrypt"), tree.get("agentid", "")
    else:
        tree = parse_xml(text)
        encrypt, agent_id = tree.get("Encrypt"), tree.get("AgentID", "")
    if not isinstance(encrypt, str) or not encrypt.strip():
        raise CallbackMalformed("no Encrypt in the envelope")
    return encrypt.strip(), str(agent_id).strip()


def read_object(text: str) -> Tree:
    """Return a JSON object.

    Raises:
        CallbackMalformed: it is something else.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise CallbackMalformed("body is not JSON") from None
    return tree if isinstance(tree, dict) else {}
