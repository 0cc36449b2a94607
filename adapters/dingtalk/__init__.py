"""DingTalk: the vendor's stream client in, our own typed HTTP client out."""
