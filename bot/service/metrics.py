"""Numbers for operators, in Prometheus' form: how much, how fast, how often not; never who and what."""

from __future__ import annotations

import time

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from bot.dialogue import Turn

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)  # seconds


class Metrics:
    """All numbers of one process."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._answers = self._counter("answers", "Answers sent", "outcome", "language")
        self._abstentions = self._counter("abstentions", "Answers that say why there is none", "reason")
        self._calls = self._counter("telegram_calls", "Calls of the Bot API by what became of them", "method", "event")
        self._failures = self._counter("failures", "Updates whose handling raised", "outcome")
        self._reloads = self._counter("reloads", "Attempts to load changed facts", "outcome")
        self._webhook = self._counter("webhook_requests", "Webhook requests", "status")
        self._latency = Histogram(
            "saidso_latency_seconds", "From arrival to answered", buckets=BUCKETS, registry=self.registry
        )
        self._depth = Gauge("saidso_inbox_updates", "Updates that wait", registry=self.registry)
        self._age = Gauge("saidso_inbox_age_seconds", "Since the oldest of them came", registry=self.registry)
        self._store = Gauge("saidso_store", "The store in use", ["version"], registry=self.registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"saidso_{name}", text, labels, registry=self.registry)

    def told(self, turn: Turn) -> None:
        """Counts an answer that was sent."""
        message = turn.message
        self._answers.labels(message.status, message.language).inc()
        if message.status == "unknown":
            self._abstentions.labels(message.reason or "unnamed").inc()

    def called(self, method: str, event: str) -> None:
        """Counts a call of the Bot API, a retry, a 429 or an unknown outcome."""
        self._calls.labels(method, event).inc()

    def answered(self, stored: float) -> None:
        """Notes how long an update took that was stored at that time."""
        self._latency.observe(max(0.0, time.time() - stored))

    def failed(self, aside: bool) -> None:
        """Counts an update whose handling raised."""
        self._failures.labels("set aside" if aside else "to be tried again").inc()

    def reloaded(self, outcome: str) -> None:
        """Counts an attempt to load changed facts: done, refused."""
        self._reloads.labels(outcome).inc()

    def pushed(self, status: int) -> None:
        """Counts a webhook request by the status it was answered with."""
        self._webhook.labels(str(status)).inc()

    def waiting(self, depth: int, age: float) -> None:
        """Notes the state of the inbox."""
        self._depth.set(depth)
        self._age.set(age)

    def store(self, version: str) -> None:
        """Notes which store is in use."""
        self._store.clear()
        self._store.labels(version).set(1)

    def page(self) -> bytes:
        """The numbers as Prometheus reads them."""
        return generate_latest(self.registry)
