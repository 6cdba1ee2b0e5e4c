"""The intelligent bot (智能机器人) of WeCom: the way into group chats, over a long connection or by callbacks."""
