"""The AI bot (智能机器人) in webhook mode: two-way in groups and in chats of two."""
