"""What every test may use: a browser, a real PostgreSQL, a whole JagaNetral in this process or in its own."""

from __future__ import annotations

import os

import pytest

pytest_plugins = ["tests.browser", "tests.postgres", "tests.serving"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where every part is present (JN_NO_SKIP), a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput") or not os.environ.get("JN_NO_SKIP"):
        return
    left_out = reporter.stats.get("skipped", [])
    if left_out:
        reporter.write_line(f"{len(left_out)} left out, though every part should be here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
