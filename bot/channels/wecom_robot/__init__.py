"""The group webhook of WeCom (群机器人, 消息推送): it speaks in one room, and hears nothing."""
