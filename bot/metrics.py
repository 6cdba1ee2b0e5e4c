"""What is counted about the bot, for Prometheus. Numbers only, never who or what."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """The counters of one bot, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter(
            "sanwei_messages", "Messages received, by what became of them.", ["channel", "outcome"], registry=self.registry
        )
        self.batch = Histogram(
            "sanwei_desk_batch_size", "Messages committed together.", buckets=(1, 2, 5, 10, 20, 50, 100, 200), registry=self.registry
        )
        self.notices = Counter("sanwei_notices", "Notices sent, by what became of them.", ["channel", "outcome"], registry=self.registry)
        self.outbox = Gauge("sanwei_outbox", "Notices that wait, are being sent, or were given up.", ["state"], registry=self.registry)
        self.open_cases = Gauge("sanwei_open_cases", "Cases that are not closed.", registry=self.registry)
        self.gaps = Counter(
            "sanwei_channel_gaps", "Times when a channel without replay heard nothing for a while.", ["channel"], registry=self.registry
        )
        self.gap_seconds = Counter("sanwei_channel_gap_seconds", "How long they were together.", ["channel"], registry=self.registry)
        self.online = Gauge("sanwei_channel_online", "Whether a channel works (1) or not (0).", ["channel"], registry=self.registry)
        self.clock_ahead = Gauge(
            "sanwei_clock_ahead_seconds",
            "How far this machine's clock is ahead of WeCom's (behind: below 0), by what it signed last.",
            registry=self.registry,
        )
        self.findings = Gauge("sanwei_audit_findings", "What the last audit found, by kind.", ["kind"], registry=self.registry)
        self.last_clean = Gauge(
            "sanwei_audit_last_clean_timestamp", "When an audit last found nothing, in seconds since 1970.", registry=self.registry
        )
