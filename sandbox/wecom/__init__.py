"""WeCom (企业微信) on loopback, written from its public description.

Nothing here was compared with the live platform; where the description is silent, the
stricter reading is played.
"""

from sandbox.wecom.callbacks import RawResponse, VerificationFailed
from sandbox.wecom.chats import ShownMessage
from sandbox.wecom.crypto import CallbackCrypto, CryptoError, sign
from sandbox.wecom.played import WecomSandbox

__all__ = [
    "CallbackCrypto",
    "CryptoError",
    "RawResponse",
    "ShownMessage",
    "VerificationFailed",
    "WecomSandbox",
    "sign",
]
