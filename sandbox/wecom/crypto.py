"""Callback encryption of WeCom, written from its description and from no library.

Source: D90968; https://developer.work.weixin.qq.com/document/path/90968
"""

import base64
import binascii
import hashlib
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_RANDOM = 16
_LENGTH = 4


class CryptoError(Exception):
    """The envelope cannot be opened; `code` is the number of the vendor's sample code, e.g. -40001."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def sign(token: str, timestamp: str, nonce: str, cipher: str) -> str:
    """Return the lower-case hex SHA-1 of the four strings, sorted and joined without a delimiter."""
    joined = "".join(sorted([token, timestamp, nonce, cipher]))
    return hashlib.sha1(joined.encode()).hexdigest()


class CallbackCrypto:
    """Encrypt and decrypt for one Token, EncodingAESKey and receiver."""

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        self.token = token
        self.receive_id = receive_id
        # The 43rd character may carry spare bits that are not zero; Python's decoder ignores them.
        self._key = base64.b64decode(encoding_aes_key + "=")
        if len(self._key) != 32:
            raise CryptoError(-40004, "EncodingAESKey must be 43 letters and digits")

    @property
    def key(self) -> bytes:
        """Return the AES key."""
        return self._key

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))

    def encrypt(self, text: str, receive_id: str | None = None) -> str:
        """Return the base64 cipher of a text; `receive_id` replaces the usual receiver to play another."""
        message = text.encode()
        receiver = (self.receive_id if receive_id is None else receive_id).encode()
        plain = secrets.token_bytes(_RANDOM) + struct.pack(">I", len(message)) + message + receiver
        pad = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def decrypt(self, cipher: str) -> str:
        """Return the text inside a base64 cipher.

        Raises:
            CryptoError: bad base64, padding, length or receiver.
        """
        try:
            sealed = base64.b64decode(cipher, validate=True)
        except (binascii.Error, ValueError) as error:
            raise CryptoError(-40010, "not base64") from error
        if not sealed or len(sealed) % 16:
            raise CryptoError(-40007, "not whole blocks")
        decryptor = self._cipher().decryptor()
        padded = decryptor.update(sealed) + decryptor.finalize()
        pad = padded[-1]
        if not 1 <= pad <= _BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise CryptoError(-40007, "bad padding")
        return self._open(padded[_RANDOM:-pad])

    def _open(self, content: bytes) -> str:
        if len(content) < _LENGTH:
            raise CryptoError(-40008, "too short")
        length = struct.unpack(">I", content[:_LENGTH])[0]
        if length > len(content) - _LENGTH:
            raise CryptoError(-40008, "the length field is longer than the content")
        message, receiver = content[_LENGTH : _LENGTH + length], content[_LENGTH + length :]
        if receiver.decode(errors="replace") != self.receive_id:
            raise CryptoError(-40005, "wrong receiver")
        return message.decode()
