"""A self-built app (自建应用) of WeCom: it writes to anybody in its scope, and hears what they write to it in private."""
