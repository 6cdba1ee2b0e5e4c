"""An ordinary WeChat account behind a Wechaty gateway."""
